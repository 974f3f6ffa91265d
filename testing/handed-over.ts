import { createHash } from "node:crypto";
import type { Peers, Wrapper } from "../src/container/wrapper.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import type { DiskFile } from "./disk-rows.ts";

/** Files given together, as the page and the command give them to a container. */
export function handedOver(files: readonly DiskFile[], partial = false) {
  const sources = files.map(({ name, bytes }) => ({ name, source: new BytesSource(bytes) }));
  const base = (name: string) => name.replace(/^.*[\\/]/, "");
  const peers: Peers = {
    partial,
    find: (name) => sources.find((one) => one.name === base(name))?.source ?? null,
  };
  return { sources, peers };
}

/** Opens the first file, with the others beside it. */
export function openFirst(wrapper: Wrapper, files: readonly DiskFile[], partial = false) {
  const { sources, peers } = handedOver(files, partial);
  const [first] = sources;
  if (!first) throw new Error("there is no file");
  return wrapper.open(first.source, first.name, peers);
}

/** The wrapper that knows the format of the first file. */
export function wrapperFor(wrappers: readonly Wrapper[], files: readonly DiskFile[]): Wrapper {
  const bytes = files[0]?.bytes ?? new Uint8Array();
  const head = bytes.subarray(0, 65_536);
  const tail = bytes.subarray(Math.max(bytes.length - 65_536, 0));
  const found = wrappers.filter((one) => one.matches(head, tail, bytes.length));
  const [wrapper] = found;
  if (!wrapper || found.length > 1) throw new Error(`${found.length} wrappers know this format`);
  return wrapper;
}

/** sha256 of a source, or of its first `size` bytes, read a MiB at a time. */
export async function sha256Of(source: BlockSource, size = source.size): Promise<string> {
  const hash = createHash("sha256");
  for (let offset = 0; offset < size; offset += 1 << 20) {
    hash.update(await source.read([{ offset, length: Math.min(1 << 20, size - offset) }]));
  }
  return hash.digest("hex");
}
