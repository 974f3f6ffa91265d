import type { RaceThread } from "../../protocol/race.ts";

/** How many steps each block takes, the threads taking turns; the last of each runs to its end. */
export interface BlockSchedule {
  first: RaceThread;
  /** Block by block, without the last one of each thread. */
  lengths: readonly number[];
}

/**
 * Every schedule of `switches` changes of thread: `steps` is how many steps each thread has at most.
 */
export function* blockSchedules(
  switches: number,
  steps: Record<RaceThread, number>,
): Generator<BlockSchedule> {
  for (const first of ["I", "C"] as const) {
    const second = first === "I" ? "C" : "I";
    const own = Math.floor(switches / 2);
    const others = switches - 1 - own;
    for (const mine of partitions(own, steps[first])) {
      for (const theirs of partitions(others, steps[second])) {
        yield { first, lengths: interleaved(mine, theirs) };
      }
    }
  }
}

/** `count` lengths from 1 on, that leave at least one of `total` steps. */
function* partitions(count: number, total: number): Generator<readonly number[]> {
  if (count <= 0) {
    yield [];
    return;
  }
  for (let length = 1; length < total; length += 1) {
    for (const rest of partitions(count - 1, total - length)) yield [length, ...rest];
  }
}

function interleaved(mine: readonly number[], theirs: readonly number[]): number[] {
  const lengths: number[] = [];
  for (let at = 0; at < Math.max(mine.length, theirs.length); at += 1) {
    const [one, other] = [mine[at], theirs[at]];
    if (one !== undefined) lengths.push(one);
    if (other !== undefined) lengths.push(other);
  }
  return lengths;
}
