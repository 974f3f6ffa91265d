import { BadDump, type DumpItem } from "./dump-item.ts";
import { fromHex, u32, u64, whole } from "./hex.ts";

/** JSON is read as a whole; a longer one is better told as XML. In characters. */
const MOST = 256 << 20;

/** Reads what `dumpJson` writes. @throws BadDump */
export async function* readJson(text: AsyncIterable<string>): AsyncGenerator<DumpItem> {
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of text) {
    parts.push(chunk);
    length += chunk.length;
    if (length > MOST) throw new BadDump("it is too long to be read as JSON: dump it as XML");
  }
  const dump = record(parse(parts.join("")), "the dump");
  if (dump.schema !== "cowscope.dump/1") throw new BadDump("its schema is not cowscope.dump/1");
  const header = record(dump.header, "header");
  yield {
    kind: "store",
    bytes: whole(dump.bytes, "bytes"),
    chunkSize: whole(dump.chunkSize, "chunkSize"),
    header: {
      magic: u32(header.magic, "header.magic"),
      valid: u32(header.valid, "header.valid"),
      version: u32(header.version, "header.version"),
      chunkSize: u32(header.chunkSize, "header.chunkSize"),
    },
  };
  yield* slackOf(dump.slack);
  for (const value of list(dump.areas, "areas")) {
    const area = record(value, "an area");
    yield { kind: "area", index: whole(area.index, "index"), chunk: u64(area.chunk, "chunk") };
    for (const exception of list(area.exceptions, "exceptions")) {
      const [old, new_, length = "1"] = list(exception, "an exception");
      yield {
        kind: "run",
        old: u64(old, "old"),
        new: u64(new_, "new"),
        length: whole(length, "length"),
      };
    }
    yield* slackOf(area.slack);
  }
}

function* slackOf(value: unknown): Generator<DumpItem> {
  for (const one of list(value, "slack")) {
    const { offset, hex } = record(one, "slack");
    yield { kind: "slack", offset: whole(offset, "offset"), bytes: fromHex(String(hex)) };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadDump(error instanceof Error ? error.message : String(error));
  }
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new BadDump(`${name} should be an object`);
}

function list(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new BadDump(`${name} should be a list`);
}
