import { HEADER, headerBytes, SECTOR, SNAP_MAGIC, u32Bytes } from "../disk.ts";
import type { Rng } from "../random.ts";
import {
  atLeast,
  copy,
  type Damages,
  noise,
  severalAreas,
  type Target,
  write,
  zero,
} from "./target.ts";

const setMagic = (value: number) => [write(HEADER.magic, u32Bytes(value))];
const setValid = (value: number) => write(HEADER.valid, u32Bytes(value));
const setVersion = (value: number) => write(HEADER.version, u32Bytes(value));
const setChunkSize = (value: number) => [write(HEADER.chunkSize, u32Bytes(value))];

const BYTE_SWAPPED_MAGIC = 0x536e4170;
const MAGICS = [0, BYTE_SWAPPED_MAGIC, 0xffffffff, SNAP_MAGIC - 1, 0xf0416e53];
/** Powers of two, their neighbours, and both sides of INT_MAX >> 9. */
const CHUNK_SIZES = [
  ...[0, 1, 2, 3, 4, 5, 7, 8, 16, 24, 32, 64, 128, 512, 2048, 32768, 65536, 2 ** 20],
  ...[2 ** 21, 3 * 2 ** 20, 2 ** 22 - 1, 2 ** 22, 2 ** 31, 2 ** 32 - 1],
];
const anyChunkSize = (_: Target, rng: Rng) => setChunkSize(rng.pick(CHUNK_SIZES));
const zeroMagic = () => setMagic(0);

/** Damage to chunk 0. */
export const headerDamages: Damages = {
  magic: { recipe: (_, rng) => setMagic(rng.chance(0.5) ? rng.pick(MAGICS) : rng.below(2 ** 32)) },
  magic_zero_multi: { needs: severalAreas, recipe: zeroMagic },
  magic_zero_mid: { needs: atLeast(1), recipe: zeroMagic },
  header16_zero: { recipe: () => [zero(0, HEADER.length)] },
  header_chunk_zero: { recipe: (target) => [zero(0, target.chunkBytes)] },
  valid: { recipe: (_, rng) => [setValid(rng.pick([0, 2, 0x100, 0xffffffff]))] },
  // Overflowed first, then set back by hand: the areas do not know the difference.
  valid_back_to_1_on_overflowed: { recipe: () => [setValid(0), setValid(1)] },
  version: { recipe: (_, rng) => [setVersion(rng.pick([0, 2, 0xffff, 0x80000000, 0xffffffff]))] },
  version_and_valid: { recipe: () => [setVersion(2), setValid(0)] },
  hdr_chunk: { recipe: anyChunkSize },
  hdr_chunk_multi: { needs: severalAreas, recipe: anyChunkSize },
  hdr_chunk_other: {
    recipe: ({ chunkSectors }, rng) => setChunkSize(chunkSectors * 2 ** rng.between(1, 6)),
  },
  hdr_chunk_fresh: { needs: ({ count }) => count === 0, recipe: anyChunkSize },
  hdr_noise_beyond16: {
    recipe: ({ chunkBytes }, rng) => [
      noise(rng, HEADER.length, rng.between(1, chunkBytes - HEADER.length)),
    ],
  },
  bitflip_header: {
    recipe: ({ bytes }, rng) => {
      const off = rng.below(HEADER.length);
      return [write(off, Uint8Array.of((bytes[off] ?? 0) ^ (1 << rng.below(8))))];
    },
  },
  hdr_sector_only: {
    needs: ({ chunkSectors }) => chunkSectors > 1,
    recipe: ({ chunkBytes }) => [zero(SECTOR, chunkBytes - SECTOR)],
  },
  hdr_shift512: { recipe: () => [copy(0, SECTOR, HEADER.length), zero(0, HEADER.length)] },
  hdr_be: {
    recipe: ({ chunkSectors }) => {
      const header = headerBytes(SNAP_MAGIC, 1, 1, chunkSectors);
      return [
        write(
          0,
          header.map((_, i) => header[i ^ 3] ?? 0),
        ),
      ];
    },
  },
};
