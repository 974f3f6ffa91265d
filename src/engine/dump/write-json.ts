import type { DumpItem } from "./dump-item.ts";
import { toHex } from "./hex.ts";

/** A dump as JSON (docs/dump.md), an area a line. @returns pieces of text. */
export async function* dumpJson(items: AsyncIterable<DumpItem>): AsyncGenerator<string> {
  let areas = 0;
  let runs: string[] = [];
  let slack: string[] = [];
  /** Closes what is open: chunk 0, or an area. */
  const close = (): string => {
    const told = `"slack":[${slack.join(",")}]`;
    const text = areas === 0 ? told : `"exceptions":[${runs.join(",")}],${told}}`;
    [runs, slack] = [[], []];
    return text;
  };
  for await (const item of items) {
    if (item.kind === "store") {
      const { bytes, chunkSize, header } = item;
      const start = { schema: "cowscope.dump/1", bytes: String(bytes), chunkSize, header };
      yield `${JSON.stringify(start).slice(0, -1)},`;
    } else if (item.kind === "area") {
      yield `${close()},${areas === 0 ? '"areas":[\n' : "\n"}`;
      yield `{"index":${item.index},"chunk":"${item.chunk}",`;
      areas += 1;
    } else if (item.kind === "run") {
      const chunks = [String(item.old), String(item.new)];
      runs.push(JSON.stringify(item.length === 1 ? chunks : [...chunks, String(item.length)]));
    } else {
      slack.push(JSON.stringify({ offset: String(item.offset), hex: toHex(item.bytes) }));
    }
  }
  yield `${close()}${areas === 0 ? ',"areas":[' : "\n"}]}\n`;
}
