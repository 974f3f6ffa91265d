import type { BlockSource } from "../block-source.ts";
import { httpAddress } from "../http/address.ts";
import { HttpSource } from "../http/http-source.ts";
import { FileSource } from "./file-source.ts";
import { StdinSource } from "./stdin-source.ts";

/** An image, until it is closed. */
export interface Input extends BlockSource {
  close(): void;
}

/**
 * A file or block device, or an address on a web server; "-" is standard input, read to its end.
 * @throws SourceError that says why it cannot be read.
 */
export async function openInput(path: string): Promise<Input> {
  const address = httpAddress(path);
  if (address) return await HttpSource.open(address);
  return path === "-" ? StdinSource.readAll() : FileSource.open(path);
}
