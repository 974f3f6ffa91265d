import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { UsageError } from "./usage.ts";

/**
 * The images that `--files-from` names: one a line, or between zero bytes if there is one (names may
 * hold line breaks then). Empty names are left out.
 * @param from a file, or "-": stdin. @throws UsageError if it cannot be read.
 */
export async function namedImages(from: string): Promise<string[]> {
  try {
    return split(from === "-" ? await text(process.stdin) : await readFile(from, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--files-from ${from} could not be read: ${why}`);
  }
}

function split(list: string): string[] {
  return list.split(list.includes("\0") ? "\0" : "\n").filter((name) => name !== "");
}
