import type { HeaderFields } from "../protocol/facts.ts";
import type { BlockSource } from "../source/block-source.ts";
import { type Core, putBytes } from "./core.ts";

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

/** Bytes beyond the header in its chunk: how many are not zero, and where the first one lies. */
export interface TrailingBytes {
  first: number;
  last: number;
  nonzero: number;
}

/** How much of a long header chunk is looked at, in bytes. */
const TRAILING_BYTES = 1 << 20;

/**
 * The rest of chunk 0, which a kernel zero-fills whenever it writes the header.
 * @returns null where all of it is zero. @throws SourceError
 */
export async function readTrailing(
  core: Core,
  source: BlockSource,
  start: Uint8Array,
  chunkBytes: number,
): Promise<TrailingBytes | null> {
  const end = Math.min(chunkBytes, source.size, TRAILING_BYTES);
  const parts = [start.subarray(0, end)];
  if (end > start.length) {
    parts.push(await source.read([{ offset: start.length, length: end - start.length }]));
  }
  let offset = 0;
  const found: TrailingBytes = { first: -1, last: -1, nonzero: 0 };
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      if (part[i] === 0 || offset + i < core.HEADER_BYTES.value) continue;
      if (found.first < 0) found.first = offset + i;
      found.last = offset + i;
      found.nonzero += 1;
    }
    offset += part.length;
  }
  return found.nonzero > 0 ? found : null;
}

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
  slices: { offset: number; length: number }[],
): Promise<boolean> {
  const bytes = await source.read(slices);
  const buffer = core.reserve(bytes.length);
  putBytes(core, buffer, bytes);
  return core.first_nonzero(buffer, bytes.length) < bytes.length;
}
