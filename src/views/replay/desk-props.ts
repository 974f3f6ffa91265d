import type { StoreReader } from "../../client/held-store.ts";
import type { RaceAsker } from "../../client/race-client.ts";
import type { RaceStart } from "../../protocol/race.ts";
import type { Retraced } from "../../protocol/retrace.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";

/** What the replay stands on: the open store, if one is open. */
export interface DeskProps {
  store: OpenedStore | null;
  reader: StoreReader | null;
  race: RaceAsker;
  start: RaceStart | null;
  /** A schedule that leaves the open store as it was found; null: none is known. */
  retraced: Retraced | null;
}
