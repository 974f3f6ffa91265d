import type { RaceAsker } from "../../client/race-client.ts";
import { type Result, success } from "../../protocol/problem.ts";
import type { RaceExploration, RaceParams } from "../../protocol/race.ts";
import { raceKey } from "./race-key.ts";
import { useAnswer } from "./use-answer.ts";

/** Every interleaving of the same steps, before the fix and after it. */
export interface BothExplored {
  before: RaceExploration;
  after: RaceExploration;
}

/** Recounted whenever the parameters change; null until the first answer. */
export function useExploration(
  race: RaceAsker,
  params: RaceParams | null,
): Result<BothExplored> | null {
  const key = params === null ? "" : raceKey({ ...params, fix: "before" });
  const answer = useAnswer(key, async () => (params === null ? null : exploreBoth(race, params)));
  return answer;
}

async function exploreBoth(race: RaceAsker, params: RaceParams): Promise<Result<BothExplored>> {
  const before = await race.explore({ ...params, fix: "before" });
  if (!before.ok) return before;
  const after = await race.explore({ ...params, fix: "after" });
  return after.ok ? success({ before: before.value, after: after.value }) : after;
}
