import { areaChunk, entryBytes, entryOffset } from "../disk.ts";
import {
  anyIndex,
  atLeast,
  changeEntry,
  type Damages,
  entryAt,
  roomBehindEnd,
  setEntry,
  severalAreas,
  write,
  zero,
} from "./target.ts";

/** How many entries one damage to "many" of them touches. */
const MANY = 8;

const LARGEST_NUMBER = (1n << 56n) - 1n;

/** Damage to single exceptions: where they point, and from where. */
export const entryDamages: Damages = {
  new_beyond: {
    needs: atLeast(1),
    recipe: (target, rng) => {
      const end = BigInt(target.chunks);
      const wild = [end, end + 1n, 1n << 31n, (1n << 32n) + 5n, 1n << 55n, LARGEST_NUMBER];
      return [changeEntry(target, anyIndex(target, rng), { new: rng.pick(wild) })];
    },
  },
  new_beyond_many: {
    needs: atLeast(MANY),
    recipe: (target, rng) =>
      rng
        .shuffle([...target.exceptions.keys()])
        .slice(0, MANY)
        .map((index) =>
          changeEntry(target, index, { new: BigInt(target.chunks + rng.below(100)) }),
        ),
  },
  new_beyond_area1: {
    needs: (target) => target.count > target.perArea,
    recipe: (target, rng) => [
      changeEntry(target, rng.between(target.perArea, target.count - 1), {
        new: BigInt(target.chunks + rng.below(100)),
      }),
    ],
  },
  old_beyond: {
    needs: atLeast(1),
    recipe: (target, rng) => {
      const wild = [1n << 20n, (1n << 32n) + 256n, 1n << 63n, (1n << 64n) - 1n];
      return [changeEntry(target, anyIndex(target, rng), { old: rng.pick(wild) })];
    },
  },
  new_is_area0: {
    needs: atLeast(1),
    recipe: (target, rng) => [changeEntry(target, anyIndex(target, rng), { new: 1n })],
  },
  new_is_area_n: {
    needs: severalAreas,
    recipe: (target, rng) => {
      const chunk = areaChunk(rng.between(1, target.areas), target.chunkSectors);
      return [changeEntry(target, anyIndex(target, rng), { new: BigInt(chunk) })];
    },
  },
  zero_entry: {
    needs: atLeast(1),
    recipe: (target, rng) => [zero(entryOffset(anyIndex(target, rng), target.chunkSectors), 16)],
  },
  new0_old_nonzero: {
    needs: atLeast(1),
    recipe: (target, rng) => [changeEntry(target, anyIndex(target, rng), { new: 0n })],
  },
  old0_new_nonzero: {
    needs: atLeast(1),
    recipe: (target, rng) => [changeEntry(target, anyIndex(target, rng), { old: 0n })],
  },
  after_end: {
    needs: roomBehindEnd,
    recipe: (target) => [setEntry(target, target.count + 1, { old: 3n, new: 9n })],
  },
  append: {
    needs: roomBehindEnd,
    recipe: (target, rng) => [
      setEntry(target, target.count, {
        old: BigInt(rng.below(1000)),
        new: entryAt(target, target.count - 1).new + 1n,
      }),
    ],
  },
  topbyte: {
    needs: atLeast(1),
    recipe: (target, rng) => {
      const index = anyIndex(target, rng);
      const run = BigInt(rng.pick([1, 5, 40, 200]));
      return [changeEntry(target, index, { new: entryAt(target, index).new | (run << 56n) })];
    },
  },
  topbyte_ff: {
    needs: atLeast(1),
    recipe: (target, rng) => {
      const index = anyIndex(target, rng);
      return [changeEntry(target, index, { new: entryAt(target, index).new | (255n << 56n) })];
    },
  },
  // Two entries that oops the kernel: a run of 255 and the entry that makes it one more.
  run_overflow: {
    needs: atLeast(2),
    recipe: (target, rng) => {
      // Both in one bucket (256 old chunks): only from below can a run of 255 grow within it.
      const old = BigInt(rng.between(1, 255));
      const first = { old, new: 9n | (255n << 56n) };
      return [setEntry(target, 0, first), setEntry(target, 1, { old: old - 1n, new: 8n })];
    },
  },
  exc_be: {
    needs: atLeast(1),
    recipe: (target) =>
      target.exceptions.slice(0, target.perArea).map((exception, index) => {
        const entry = entryBytes(exception);
        const swapped = entry.map((_, i) => entry[i ^ 7] ?? 0);
        return write(entryOffset(index, target.chunkSectors), swapped);
      }),
  },
  exc_swapped_fields: {
    needs: atLeast(1),
    recipe: (target) =>
      [...target.exceptions.entries()]
        .filter(([index]) => index % 7 === 0)
        .map(([index, exception]) =>
          setEntry(target, index, { old: exception.new, new: exception.old }),
        ),
  },
  shuffle_area0: {
    needs: atLeast(2),
    recipe: (target, rng) =>
      rng
        .shuffle(target.exceptions.slice(0, target.perArea))
        .map((exception, index) => setEntry(target, index, exception)),
  },
};
