import type { Exception } from "../disk.ts";
import type { Rng } from "../random.ts";
import type { Op } from "../recipe.ts";
import {
  anyIndex,
  atLeast,
  changeEntry,
  type Damage,
  type Damages,
  entryAt,
  type Target,
} from "./target.ts";

const RUN = 5;
const TWO_RUNS = 2 * RUN;

/** Some fields of entry `from`, written into entry `to`. */
type Take = (from: Exception) => Partial<Exception>;
const takeOld: Take = ({ old }) => ({ old });
const takeNew: Take = (from) => ({ new: from.new });
const takeBoth: Take = (from) => from;

const duplicate = (target: Target, from: number, to: number, take: Take): Op =>
  changeEntry(target, to, take(entryAt(target, from)));

const one = (take: Take): Damage => ({
  needs: atLeast(2),
  recipe: (target, rng) => {
    const [from = 0, to = 1] = rng.shuffle([...target.exceptions.keys()]);
    return [duplicate(target, from, to, take)];
  },
});

/** RUN entries in a row become duplicates of RUN others: runs in memory are where the order matters. */
const run = (take: Take): Damage => ({
  needs: atLeast(TWO_RUNS),
  recipe: (target, rng) => {
    const [from, to] = twoRuns(target, rng);
    return Array.from({ length: RUN }, (_, i) => duplicate(target, from + i, to + i, take));
  },
});

function twoRuns(target: Target, rng: Rng): [number, number] {
  const first = rng.below(target.count - TWO_RUNS + 1);
  const second = rng.between(first + RUN, target.count - RUN);
  return rng.chance(0.5) ? [first, second] : [second, first];
}

/** Two exceptions for one origin chunk, or two for one chunk of the store. */
export const duplicateDamages: Damages = {
  dup_old: one(takeOld),
  dup_new: one(takeNew),
  dup_exact: one(takeBoth),
  dup_old_run: run(takeOld),
  dup_exact_run: run(takeBoth),
  dup_old_multi: {
    needs: atLeast(RUN),
    recipe: (target, rng) => {
      const from = anyIndex(target, rng);
      return Array.from({ length: RUN }, () =>
        duplicate(target, from, anyIndex(target, rng), takeOld),
      );
    },
  },
};
