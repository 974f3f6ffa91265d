import type { HeaderFields } from "../../protocol/facts.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { type Core, putBytes, toWindow } from "../core.ts";

/** Sector 0 of the image, and the header in it. */
export interface StartOfImage {
  bytes: Uint8Array;
  header: HeaderFields | null;
}

/** Reads sector 0 and gives the core the header's bytes. @throws SourceError */
export async function readStart(core: Core, source: BlockSource): Promise<StartOfImage> {
  const bytes = await source.read([{ offset: 0, length: Math.min(source.size, 512) }]);
  const length = core.HEADER_BYTES.value;
  if (bytes.length < length) return { bytes, header: null };
  putBytes(core, core.header_pointer(), bytes.subarray(0, length));
  return { bytes, header: headerFields(core, bytes) };
}

function headerFields(core: Core, bytes: Uint8Array): HeaderFields {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    magic: view.getUint32(core.HEADER_MAGIC.value, true),
    valid: view.getUint32(core.HEADER_VALID.value, true),
    version: view.getUint32(core.HEADER_VERSION.value, true),
    chunkSize: view.getUint32(core.HEADER_CHUNK_SIZE.value, true),
  };
}

export const hasMagic = (core: Core, { magic }: HeaderFields): boolean =>
  magic === core.SNAP_MAGIC.value >>> 0;

/** Whether all but the magic is what a header can have: where that is wrong, it alone is damaged. */
export const hasRightFields = (core: Core, { version, valid, chunkSize }: HeaderFields): boolean =>
  version === 1 && valid <= 1 && core.size_readable(chunkSize);

/** Whether a header's `valid` can be believed: it, or what stands beside it, is right. */
export const saysWhetherValid = (core: Core, header: HeaderFields): boolean =>
  hasMagic(core, header) || (header.version === 1 && core.size_readable(header.chunkSize));

/** A header that says valid = 1 was never written by the thread that invalidates. */
export const saysNeverInvalidated = (core: Core, header: HeaderFields): boolean =>
  saysWhetherValid(core, header) &&
  header.valid !== 0 &&
  (hasMagic(core, header) || header.valid === 1);

/** How much of a long header chunk is looked at, in bytes. */
export const HEADER_CHUNK_BYTES = 1 << 20;

/**
 * Chunk 0, as far as the image and HEADER_CHUNK_BYTES go; the core looks for exceptions in it.
 * @param start sector 0. @throws SourceError
 */
export async function readHeaderChunk(
  core: Core,
  source: BlockSource,
  start: Uint8Array,
  chunkBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const length = Math.min(chunkBytes, source.size, HEADER_CHUNK_BYTES);
  const bytes = new Uint8Array(length);
  bytes.set(start.subarray(0, length));
  if (length > start.length) {
    const rest = { offset: start.length, length: length - start.length };
    bytes.set(await source.read([rest]), start.length);
  }
  if (length >= core.HEADER_BYTES.value) {
    core.look_at_header_chunk(toWindow(core, bytes), length);
  }
  return bytes;
}

/** Bytes behind the header in its chunk that are not zero: the first run of them, and how many. */
export interface TrailingBytes {
  first: number;
  last: number;
  nonzero: number;
}

/** @returns null where all of the chunk behind the header is zero, as write_header() leaves it. */
export function trailingBytes(core: Core, chunk: Uint8Array): TrailingBytes | null {
  const found: TrailingBytes = { first: -1, last: -1, nonzero: 0 };
  for (let at = core.HEADER_BYTES.value; at < chunk.length; at++) {
    if (chunk[at] === 0) continue;
    if (found.first < 0) found.first = at;
    if (found.last < 0 || at - found.last <= RUN_GAP) found.last = at;
    found.nonzero += 1;
  }
  return found.nonzero > 0 ? found : null;
}

/** Zeros that do not end a run of trailing bytes: an entry is 16 bytes, most of them zero. */
const RUN_GAP = 16;

/** Whether anything but zeros lies in the image's first 4 MiB or in 64 samples behind them. */
export async function holdsData(core: Core, source: BlockSource): Promise<boolean> {
  const piece = 1 << 20;
  for (let offset = 0; offset < Math.min(source.size, 4 * piece); offset += piece) {
    const length = Math.min(piece, source.size - offset);
    if (await hasNonzero(core, source, [{ offset, length }])) return true;
  }
  if (source.size <= 4 * piece) return false;
  const stride = Math.floor(source.size / 64 / 4096) * 4096;
  const samples = Array.from({ length: 64 }, (_, i) => ({
    offset: i * stride,
    length: Math.min(4096, source.size - i * stride),
  }));
  return hasNonzero(core, source, samples);
}

async function hasNonzero(
  core: Core,
  source: BlockSource,
  ranges: { offset: number; length: number }[],
): Promise<boolean> {
  const bytes = await source.read(ranges);
  return core.first_nonzero(toWindow(core, bytes), bytes.length) < bytes.length;
}
