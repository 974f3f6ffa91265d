import type { Result } from "../../protocol/problem.ts";
import type { RaceFate } from "../../protocol/race.ts";
import type { DeskProps } from "./desk-props.ts";
import type { Replayer, ReplayerState } from "./replayer.ts";
import type { BothExplored } from "./use-exploration.ts";

/** What everything that stands beside the replay is given. */
export interface SideProps {
  desk: DeskProps;
  replayer: Replayer;
  state: ReplayerState;
  exploration: Result<BothExplored> | null;
  fate: RaceFate | null;
}
