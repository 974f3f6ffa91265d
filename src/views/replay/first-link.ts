import type { ReplayLink } from "../../address/replay-link.ts";
import type { RaceAsker } from "../../client/race-client.ts";
import { paramsOn, type RaceEnding, type RaceParams, type RaceStart } from "../../protocol/race.ts";
import { DEFAULT_RACE } from "../../protocol/race-defaults.ts";
import type { Retraced } from "../../protocol/retrace.ts";

/** The boot crash first: it is what the bug is known for. Then what else the store allows. */
const TELLING: readonly RaceEnding[] = ["zero-chunk-size", "new-snapshot", "header-in-area"];

/**
 * What the replay opens with: how the open store came about, at its end, which is what lies on the
 * disk. Where that is not known an example, on the open store if there is one, and where its fate is
 * sealed.
 */
export async function firstLink(
  race: RaceAsker,
  start: RaceStart | null,
  retraced: Retraced | null,
): Promise<ReplayLink> {
  if (retraced !== null) return endOf(retraced);
  const params = start === null ? DEFAULT_RACE : paramsOn(start, DEFAULT_RACE);
  for (const ending of TELLING) {
    const link = await linkTo(race, params, ending);
    if (link !== null) return link;
  }
  return { params, schedule: "", step: 0 };
}

/** The whole of a schedule. */
export const endOf = ({ params, schedule }: Retraced): ReplayLink => ({
  params,
  schedule,
  step: schedule.length,
});

/** The schedule with the fewest switches that ends so, at the step that makes it certain. */
export async function linkTo(
  race: RaceAsker,
  params: RaceParams,
  ending: RaceEnding,
): Promise<ReplayLink | null> {
  const witness = await race.witness(params, ending);
  if (!witness.ok || witness.value === null) return null;
  const { schedule } = witness.value;
  const fate = await race.fate(params, ending, schedule);
  return { params, schedule, step: (fate.ok && fate.value.decidedBy) || 0 };
}
