import type { Readable } from "node:stream";

/** A line that goes on is cut here, so that a file without line breaks does not fill the memory. */
const MOST_OF_A_LINE = 1 << 16;

/** The lines of a stream, without their ends; as much of it is held as one line is long. */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding("utf8");
  let rest = "";
  let cut = false;
  for await (const chunk of stream) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!cut) yield line;
      cut = false;
    }
    if (rest.length <= MOST_OF_A_LINE) continue;
    if (!cut) yield rest.slice(0, MOST_OF_A_LINE);
    cut = true;
    rest = "";
  }
  if (rest !== "" && !cut) yield rest;
}
