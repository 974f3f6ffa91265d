import type { RaceAsker } from "../../client/race-client.ts";
import type { RaceEnding, RaceFate, RaceReplay } from "../../protocol/race.ts";
import { raceKey } from "./race-key.ts";
import { useAnswer } from "./use-answer.ts";

/** How the ending of the schedule on the screen came about; null until it is known. */
export function useFate(race: RaceAsker, replay: RaceReplay | null): RaceFate | null {
  const key = replay === null ? "" : `${raceKey(replay.params)} ${replay.schedule}`;
  return useAnswer(key, async () => {
    const ending = replay && endingOf(replay);
    if (!ending) return null;
    const fate = await race.fate(replay.params, ending, replay.schedule);
    return fate.ok ? fate.value : null;
  });
}

/** What a schedule is remembered for: its header, its areas, or that nothing happened. */
export function endingOf(replay: RaceReplay): RaceEnding | null {
  const final = replay.frames.at(-1);
  if (final === undefined) return null;
  if (final.header !== "invalidated") return final.header;
  return final.areas === "kept" ? GOOD : final.areas;
}

/** As the kernel means it to end. */
export const GOOD = "invalidated + kept" satisfies RaceEnding;
