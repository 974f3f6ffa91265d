import type { RaceThread } from "../../protocol/race.ts";

/** Schedules are one letter a step; steps are counted from 0 here. */

/** The same schedule with the next step of `thread` taken at `at`, and the rest as it was. */
export function stepByHand(schedule: string, at: number, thread: RaceThread): string {
  const next = schedule.indexOf(thread, at);
  const before = schedule.slice(0, at) + thread;
  if (next < 0) return before + schedule.slice(at);
  return before + schedule.slice(at, next) + schedule.slice(next + 1);
}

/** The step at `from` moved to where the one at `to` stands. */
export function moveStep(schedule: string, from: number, to: number): string {
  const letter = schedule.charAt(from);
  const without = schedule.slice(0, from) + schedule.slice(from + 1);
  return without.slice(0, to) + letter + without.slice(to);
}

/** Where a step comes to stand once past the nearest step of the other thread; null: there is none. */
export function pastTheOther(schedule: string, at: number, direction: -1 | 1): number | null {
  const own = schedule.charAt(at);
  let to = at + direction;
  while (schedule.charAt(to) === own) to += direction;
  return to < 0 || to >= schedule.length ? null : to;
}
