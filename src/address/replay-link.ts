import type { RaceParams } from "../protocol/race.ts";

/** A place in the replay, as an address keeps it (src/address/address.ts). */
export interface ReplayLink {
  params: RaceParams;
  /** One letter a step. */
  schedule: string;
  /** Steps taken. */
  step: number;
}
