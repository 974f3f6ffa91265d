import type { LostRanges } from "../../protocol/repair.ts";

/** Runs of chunks that are listed; the plan has them all. */
const MOST_LISTED = 12;

/** 2–11, 15. */
export function rangesWords(ranges: readonly (readonly [bigint, bigint])[]): string {
  const shown = ranges
    .slice(0, MOST_LISTED)
    .map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
  return shown.join(", ") + (ranges.length > MOST_LISTED ? " …" : "");
}

const isOne = (ranges: readonly (readonly [bigint, bigint])[]): boolean =>
  ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1];

/** What stays lost, named: sentences, or none. */
export function lostWords({ origin, cow, more }: LostRanges): string[] {
  const sentences: string[] = [];
  if (origin.length > 0) {
    const [chunks, read] = isOne(origin) ? ["chunk", "reads"] : ["chunks", "read"];
    sentences.push(`Origin ${chunks} ${rangesWords(origin)} ${read} as the origin is now.`);
  }
  if (cow.length > 0) {
    const [chunks, hold] = isOne(cow) ? ["Chunk", "holds"] : ["Chunks", "hold"];
    sentences.push(
      `${chunks} ${rangesWords(cow)} of the COW device ${hold} data of the snapshot, but nothing tells any more of which origin chunk.`,
    );
  }
  if (more) sentences.push("There are more of them than were looked at.");
  return sentences;
}
