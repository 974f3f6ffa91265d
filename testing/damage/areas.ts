import { ENTRY_BYTES, entryOffset } from "../disk.ts";
import { toHex } from "../recipe.ts";
import {
  anyIndex,
  areaOffset,
  atLeast,
  copy,
  type Damages,
  lastAreaEmpty,
  noise,
  roomBehindEnd,
  severalAreas,
  type Target,
  write,
  zero,
} from "./target.ts";

/** The area the reader ends in, and the one before it. */
const lastArea = (target: Target) => areaOffset(target, target.areas - 1);
const areaBefore = (target: Target) => areaOffset(target, target.areas - 2);

/** Damage to whole areas, and bytes in them that no one aimed. */
export const areaDamages: Damages = {
  next_area_noise: {
    needs: lastAreaEmpty,
    recipe: (target, rng) => [noise(rng, lastArea(target), target.chunkBytes)],
  },
  next_area_noise_prefix: {
    needs: lastAreaEmpty,
    recipe: (target, rng) => [noise(rng, lastArea(target), rng.between(1, target.chunkBytes / 2))],
  },
  next_area_ff: {
    needs: lastAreaEmpty,
    recipe: (target) => [
      {
        op: "write",
        off: lastArea(target),
        hex: toHex(new Uint8Array(target.chunkBytes).fill(255)),
      },
    ],
  },
  next_area_stale: {
    needs: lastAreaEmpty,
    recipe: (target, rng) => {
      const entries = rng.between(1, target.perArea - 1);
      return [copy(areaBefore(target), lastArea(target), entries * ENTRY_BYTES)];
    },
  },
  next_area_selfcopy: {
    needs: lastAreaEmpty,
    recipe: (target) => [copy(areaBefore(target), lastArea(target), target.chunkBytes)],
  },
  area0_zero: { recipe: (target) => [zero(areaOffset(target, 0), target.chunkBytes)] },
  area1_zero: {
    needs: severalAreas,
    recipe: (target) => [zero(areaOffset(target, 1), target.chunkBytes)],
  },
  area1_noise: {
    needs: severalAreas,
    recipe: (target, rng) => [noise(rng, areaOffset(target, 1), target.chunkBytes)],
  },
  areas_swapped: {
    needs: severalAreas,
    recipe: (target) => [copy(areaOffset(target, 1), areaOffset(target, 0), target.chunkBytes)],
  },
  area_noise: {
    needs: atLeast(1),
    recipe: (target, rng) =>
      Array.from({ length: rng.between(1, 8) }, () => {
        const entry = entryOffset(anyIndex(target, rng), target.chunkSectors);
        return noise(rng, entry + rng.below(ENTRY_BYTES), rng.pick([1, 2, 4, 8, 16]));
      }),
  },
  area_noise_all: {
    recipe: (target, rng) => [noise(rng, areaOffset(target, 0), target.chunkBytes)],
  },
  area_tail_noise: {
    needs: roomBehindEnd,
    recipe: (target, rng) => {
      const end = entryOffset(target.count + 1, target.chunkSectors);
      return [noise(rng, end, rng.between(1, lastArea(target) + target.chunkBytes - end))];
    },
  },
  bitflip_area: {
    needs: atLeast(1),
    recipe: (target, rng) => {
      const off = entryOffset(anyIndex(target, rng), target.chunkSectors) + rng.below(ENTRY_BYTES);
      return [write(off, Uint8Array.of((target.bytes[off] ?? 0) ^ (1 << rng.below(8))))];
    },
  },
};
