import { type Exception, entryOffset, HEADER, u32Bytes } from "../../testing/disk.ts";
import { buildStore } from "../../testing/store-builder.ts";

export const CHUNK_SECTORS = 8;
export const CHUNK_BYTES = CHUNK_SECTORS * 512;

/** Exceptions as the kernel would have allocated them: one after the other, metadata left out. */
export function exceptions(count: number, chunkSectors = CHUNK_SECTORS): Exception[] {
  const perArea = (chunkSectors * 512) / 16;
  let next = 2n;
  return Array.from({ length: count }, (_, index) => {
    if (next % BigInt(perArea + 1) === 1n) next += 1n;
    const exception = { old: BigInt(index * 3 + 7), new: next };
    next += 1n;
    return exception;
  });
}

export const healthy = (count = 20) =>
  buildStore({ chunkSectors: CHUNK_SECTORS, exceptions: exceptions(count), cowSectors: 8192 });

export const invalidated = () =>
  buildStore({ chunkSectors: CHUNK_SECTORS, exceptions: exceptions(20), valid: 0 });

/** Areas 0 and 1 are full; entry 300, which lies in area 1, points past the device. */
export const WILD = { entry: 300, area: 1, index: 300 - 256 } as const;
export function damaged(): Uint8Array {
  const rows = exceptions(600).map((exception, index) =>
    index === WILD.entry ? { ...exception, new: 999_999n } : exception,
  );
  return buildStore({ chunkSectors: CHUNK_SECTORS, exceptions: rows, cowSectors: 8192 });
}
export const wildOffset = entryOffset(WILD.entry, CHUNK_SECTORS) + 8;

/** The header that the race leaves: version and chunk_size are the halves of a new_chunk. */
export function torn(): Uint8Array {
  const bytes = buildStore({ chunkSectors: CHUNK_SECTORS, exceptions: [], cowSectors: 56 });
  bytes.set(u32Bytes(2), HEADER.version);
  bytes.set(u32Bytes(0), HEADER.chunkSize);
  bytes[0x30] = 0x0c;
  bytes[0x31] = 0x0d;
  bytes[0x90] = 0x0e;
  return bytes;
}

/** As if it had been formatted over: area 0 is empty, area 1 behind it still holds its entries. */
export const ORPHANS = { area: 1, entries: 300 - 256, offset: entryOffset(256, CHUNK_SECTORS) };
export function reformatted(): Uint8Array {
  const bytes = healthy(300);
  return bytes.fill(0, CHUNK_BYTES, 2 * CHUNK_BYTES);
}

/** Bytes that differ from chunk to chunk, the same in every run. */
export const origin = (bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, at) => (at * 31 + (at >> 12) * 7) & 0xff);

/** A file that is no store: gzip by its first two bytes. */
export function gzip(): Uint8Array {
  const bytes = new Uint8Array(8192);
  bytes.set([0x1f, 0x8b, 0x08]);
  return bytes;
}
