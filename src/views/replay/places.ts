import type { RaceReplay, RaceStep } from "../../protocol/race.ts";
import { type Word, wordsAt } from "./words.ts";

/** One entry of a place, to be drawn. */
export interface ShownEntry {
  entry: number;
  words: Word[];
}

/**
 * The entries worth showing of a place: the first, where header and exception meet, and those that
 * C writes. The other entries that the replay keeps never change on their own.
 */
export function shownEntries(replay: RaceReplay, step: number, place: string): ShownEntry[] {
  const { index, copies, entriesPerArea } = replay.params;
  const written = Array.from({ length: copies }, (_, copy) => (index + copy) % entriesPerArea);
  return [...new Set([0, ...written])]
    .sort((a, b) => a - b)
    .map((entry) => ({ entry, words: wordsAt(replay, step, place, entry) }))
    .filter(({ words }) => words.length > 0);
}

/** Whether anything of a chunk has been written since the start. */
export const isWritten = (entries: readonly ShownEntry[]): boolean =>
  entries.some(({ words }) => words.some(({ brought }) => brought !== null));

/** The metadata chunks on the disk, by name, and the chunks that they are. */
export function areaChunks({ places, params }: RaceReplay, firstArea: number) {
  return places.flatMap(({ name, area }) => {
    if (area === null) return [];
    const shown = firstArea + area;
    return [{ name, area: shown, chunk: 1 + shown * (params.entriesPerArea + 1) }];
  });
}

/** The steps of the other thread whose work in the first entry of memory this step replaced. */
export function replacedBy(replay: RaceReplay, step: number): RaceStep[] {
  const words = wordsAt(replay, step, "area", 0);
  const lost = words.flatMap(({ made, over }) => (made?.number === step && over ? [over] : []));
  return [...new Set(lost)];
}
