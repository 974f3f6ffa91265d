import {
  ENTRY_BYTES,
  entryBytes,
  entryOffset,
  HEADER,
  headerBytes,
  SNAP_MAGIC,
  u64Bytes,
} from "../disk.ts";
import type { Op } from "../recipe.ts";
import {
  anyIndex,
  areaOffset,
  atLeast,
  changeEntry,
  copy,
  type Damages,
  entryAt,
  setEntry,
  severalAreas,
  type Target,
  write,
  zero,
} from "./target.ts";

/** The header as write_header() builds it for an invalidated store. */
const invalidHeader = (target: Target) => headerBytes(SNAP_MAGIC, 0, 1, target.chunkSectors);

/** Area 0 flushed while it held the header: the header, zeros, perhaps the newest exception. */
function areaIsHeader(target: Target, keepLast: boolean): Op[] {
  const area0 = areaOffset(target, 0);
  const last = target.count - 1;
  const stays = keepLast && last > 0 && last < target.perArea;
  return [
    zero(area0 + ENTRY_BYTES, target.chunkBytes - ENTRY_BYTES),
    write(area0, invalidHeader(target)),
    ...(stays ? [setEntry(target, last, entryAt(target, last))] : []),
  ];
}

/** version and chunk_size are the two halves of a new_chunk. */
const torn = (valid: number, newChunk: bigint) => [
  write(0, headerBytes(SNAP_MAGIC, valid, 0, 0)),
  write(HEADER.version, u64Bytes(newChunk)),
];

/** What the race of 61578dcd leaves: header and exceptions in each other's place, whole or in part. */
export const raceDamages: Damages = {
  hdr_on_exc0: { recipe: (target) => [write(areaOffset(target, 0), invalidHeader(target))] },
  hdr_on_exc0_area1: {
    needs: severalAreas,
    recipe: (target) => [write(areaOffset(target, 1), invalidHeader(target))],
  },
  area0_is_header_rest_zero: { recipe: (target) => areaIsHeader(target, false) },
  area0_is_header_plus_last: {
    needs: atLeast(2),
    recipe: (target) => [...areaIsHeader(target, true), write(0, invalidHeader(target))],
  },
  area0_is_header_plus_last_valid1: {
    needs: atLeast(2),
    recipe: (target) => areaIsHeader(target, true),
  },
  exc_on_header: {
    needs: atLeast(1),
    recipe: (target, rng) => [write(0, entryBytes(entryAt(target, anyIndex(target, rng))))],
  },
  exc_on_header_old0: {
    needs: atLeast(1),
    recipe: (target) => [write(0, entryBytes({ ...entryAt(target, target.count - 1), old: 0n }))],
  },
  exc_on_header_old_is_magic: {
    needs: atLeast(1),
    recipe: (target, rng) => [
      write(0, entryBytes({ ...entryAt(target, anyIndex(target, rng)), old: BigInt(SNAP_MAGIC) })),
    ],
  },
  area_on_header: { recipe: (target) => [copy(areaOffset(target, 0), 0, target.chunkBytes)] },
  area_on_header_swap: {
    recipe: (target) => [
      copy(areaOffset(target, 0), 0, target.chunkBytes),
      write(areaOffset(target, 0), invalidHeader(target)),
      zero(areaOffset(target, 0) + ENTRY_BYTES, target.chunkBytes - ENTRY_BYTES),
    ],
  },
  hdr_exceptions_beyond16: {
    needs: atLeast(2),
    recipe: (target) => {
      const entries = Math.min(target.count, target.perArea) - 1;
      return [copy(entryOffset(1, target.chunkSectors), HEADER.length, entries * ENTRY_BYTES)];
    },
  },
  torn_ver_chunk_from_exc: {
    needs: atLeast(1),
    recipe: (target, rng) => torn(rng.below(2), entryAt(target, anyIndex(target, rng)).new),
  },
  torn_chunk0: { recipe: () => torn(0, 1n) },
  torn_new1: { recipe: () => torn(1, 1n) },
  torn_magic_valid_from_exc: {
    needs: atLeast(1),
    recipe: (target, rng) => [
      write(0, entryBytes(entryAt(target, anyIndex(target, rng))).subarray(0, HEADER.version)),
    ],
  },
  torn_new_1_8: { recipe: (target) => torn(1, 1n + (BigInt(2 * target.chunkSectors) << 32n)) },
  // CVE-2013-4299: data written over the next metadata chunk of a store whose areas were all full.
  data_over_area: {
    needs: severalAreas,
    recipe: (target) => [
      changeEntry(target, target.count - 1, { new: BigInt(target.perArea + 2) }),
      copy(2 * target.chunkBytes, areaOffset(target, 1), target.chunkBytes),
    ],
  },
};
