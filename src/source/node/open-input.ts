import type { BlockSource } from "../block-source.ts";
import { FileSource } from "./file-source.ts";
import { StdinSource } from "./stdin-source.ts";

/** An image, until it is closed. */
export interface Input extends BlockSource {
  close(): void;
}

/**
 * A file or block device; "-" is standard input, read to its end.
 * @throws SourceError that says why it cannot be read.
 */
export function openInput(path: string): Input {
  return path === "-" ? StdinSource.readAll() : FileSource.open(path);
}
