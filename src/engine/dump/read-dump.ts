import { BadDump, type DumpItem } from "./dump-item.ts";
import { readJson } from "./read-json.ts";
import { readXml } from "./read-xml.ts";

/** Reads a dump in either form, told by its first character. @throws BadDump */
export async function* readDump(text: AsyncIterable<string>): AsyncGenerator<DumpItem> {
  const chunks = text[Symbol.asyncIterator]();
  let start = "";
  while (start.trim() === "") {
    const { value, done } = await chunks.next();
    if (done) throw new BadDump("there is nothing in it");
    // What stands before the first mark counts for nothing, a byte order mark least of all.
    start = value.replace(/^[\uFEFF\s]+/, "");
  }
  const rest = { [Symbol.asyncIterator]: () => chunks };
  if (start.startsWith("{")) yield* readJson(concat(start, rest));
  else if (start.startsWith("<")) yield* readXml(concat(start, rest));
  else throw new BadDump("it is neither XML nor JSON");
}

async function* concat(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start;
  yield* rest;
}
