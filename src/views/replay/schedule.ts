import type { RaceThread } from "../../protocol/race.ts";

/** Schedules are one letter a step; steps are counted from 0 here. */

/** The same schedule with the next step of `thread` taken at `at`, and the rest as it was. */
export function stepByHand(schedule: string, at: number, thread: RaceThread): string {
  const next = schedule.indexOf(thread, at);
  const before = schedule.slice(0, at) + thread;
  if (next < 0) return before + schedule.slice(at);
  return before + schedule.slice(at, next) + schedule.slice(next + 1);
}

/**
 * Where the step at `at` can stand without any other step moving: between its thread's step before
 * it and the one after, since a thread takes its steps in one order. Both ends included.
 */
export function roomOf(schedule: string, at: number): { first: number; last: number } {
  const own = schedule.charAt(at);
  const before = at === 0 ? -1 : schedule.lastIndexOf(own, at - 1);
  const after = schedule.indexOf(own, at + 1);
  return { first: before + 1, last: (after < 0 ? schedule.length : after) - 1 };
}

/** The step at `from` moved to where the one at `to` stands, or as far that way as it can. */
export function moveStep(schedule: string, from: number, to: number): string {
  const letter = schedule.charAt(from);
  const at = inRoom(schedule, from, to);
  const without = schedule.slice(0, from) + schedule.slice(from + 1);
  return without.slice(0, at) + letter + without.slice(at);
}

/** `to`, or the end of the room of the step at `from` that is nearest to it. */
export function inRoom(schedule: string, from: number, to: number): number {
  const { first, last } = roomOf(schedule, from);
  return Math.min(Math.max(to, first), last);
}

/** Where a step comes to stand past the neighbouring step of the other thread; null: there is none. */
export function pastTheOther(schedule: string, at: number, direction: -1 | 1): number | null {
  const to = at + direction;
  const { first, last } = roomOf(schedule, at);
  return to < first || to > last ? null : to;
}
