import type { DumpItem } from "./dump-item.ts";
import { toHex } from "./hex.ts";

/** A dump as XML (docs/dump.md). @returns pieces of text, an item at a time. */
export async function* dumpXml(items: AsyncIterable<DumpItem>): AsyncGenerator<string> {
  let inArea = false;
  for await (const item of items) {
    if (item.kind === "store") {
      const { magic, valid, version, chunkSize } = item.header;
      yield '<?xml version="1.0" encoding="UTF-8"?>\n';
      yield `<store schema="cowscope.dump/1" bytes="${item.bytes}" chunk_size="${item.chunkSize}">\n`;
      yield `  <header magic="${magic}" valid="${valid}" version="${version}" chunk_size="${chunkSize}"/>\n`;
    } else if (item.kind === "area") {
      if (inArea) yield "  </area>\n";
      yield `  <area index="${item.index}" chunk="${item.chunk}">\n`;
      inArea = true;
    } else if (item.kind === "run") {
      const chunks = `old_chunk="${item.old}" new_chunk="${item.new}"`;
      yield item.length === 1
        ? `    <exception ${chunks}/>\n`
        : `    <exceptions ${chunks} length="${item.length}"/>\n`;
    } else {
      yield `${inArea ? "    " : "  "}<slack offset="${item.offset}" hex="${toHex(item.bytes)}"/>\n`;
    }
  }
  if (inArea) yield "  </area>\n";
  yield "</store>\n";
}
