import { SaxesParser, type SaxesTagPlain } from "saxes";
import { BadDump, type DumpItem } from "./dump-item.ts";
import { fromHex, u32, u64, whole } from "./hex.ts";

/** Which element each one lies in; null: it is the outermost. */
const INSIDE: ReadonlyMap<string, readonly (string | null)[]> = new Map([
  ["store", [null]],
  ["header", ["store"]],
  ["area", ["store"]],
  ["exception", ["area"]],
  ["exceptions", ["area"]],
  ["slack", ["store", "area"]],
]);

/** Reads what `dumpXml` writes, or a person has changed. @throws BadDump */
export async function* readXml(text: AsyncIterable<string>): AsyncGenerator<DumpItem> {
  const parser = new SaxesParser();
  const open: string[] = [];
  let items: DumpItem[] = [];
  let store: Record<string, string> | null = null;
  parser.on("error", (error) => {
    throw new BadDump(error.message);
  });
  parser.on("text", (words) => {
    if (words.trim() !== "") throw new BadDump(`text where none should be, line ${parser.line}`);
  });
  parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => {
    const outside = open.at(-1) ?? null;
    if (!INSIDE.get(name)?.includes(outside)) {
      throw new BadDump(`<${name}> where none should be, line ${parser.line}`);
    }
    open.push(name);
    if (name === "store") store = attributes;
    else items.push(itemOf(name, attributes, store ?? {}));
  });
  parser.on("closetag", () => void open.pop());
  for await (const chunk of text) {
    parser.write(chunk);
    yield* items;
    items = [];
  }
  parser.close();
  if (store === null) throw new BadDump("there is no <store> in it");
  yield* items;
}

function itemOf(
  name: string,
  given: Record<string, string>,
  store: Record<string, string>,
): DumpItem {
  const at = (attribute: string): string => `${attribute} of <${name}>`;
  if (name === "header") {
    if (store.schema !== "cowscope.dump/1") {
      throw new BadDump(`its schema is ${store.schema ?? "missing"}, not cowscope.dump/1`);
    }
    return {
      kind: "store",
      bytes: whole(store.bytes, "bytes of <store>"),
      chunkSize: whole(store.chunk_size, "chunk_size of <store>"),
      header: {
        magic: u32(given.magic, at("magic")),
        valid: u32(given.valid, at("valid")),
        version: u32(given.version, at("version")),
        chunkSize: u32(given.chunk_size, at("chunk_size")),
      },
    };
  }
  if (name === "area") {
    return {
      kind: "area",
      index: whole(given.index, at("index")),
      chunk: u64(given.chunk, at("chunk")),
    };
  }
  if (name === "slack") {
    return {
      kind: "slack",
      offset: whole(given.offset, at("offset")),
      bytes: fromHex(given.hex ?? ""),
    };
  }
  return {
    kind: "run",
    old: u64(given.old_chunk, at("old_chunk")),
    new: u64(given.new_chunk, at("new_chunk")),
    length: name === "exceptions" ? whole(given.length, at("length")) : 1,
  };
}
