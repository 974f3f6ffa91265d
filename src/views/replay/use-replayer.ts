import { useEffect, useMemo, useSyncExternalStore } from "react";
import { readAddress } from "../../address/address.ts";
import { keepInAddress } from "../../address/history-entry.ts";
import type { RaceAsker } from "../../client/race-client.ts";
import type { RaceStart } from "../../protocol/race.ts";
import type { Retraced } from "../../protocol/retrace.ts";
import { firstLink } from "./first-link.ts";
import { leftAt } from "./left-at.ts";
import { Replayer } from "./replayer.ts";
import { sceneOf } from "./tour.ts";

/** Browsers let an address change only so often. */
const ADDRESS_AFTER_MS = 250;

/**
 * The replay that the address names, and the address kept in step with the replay.
 * @param store stands for the open store: where its replay was left is remembered.
 */
export function useReplayer(
  race: RaceAsker,
  start: RaceStart | null,
  retraced: Retraced | null,
  store: object,
) {
  const replayer = useMemo(() => new Replayer(race, start), [race, start]);
  const state = useSyncExternalStore(replayer.subscribe, replayer.state);

  useEffect(() => {
    const follow = () => {
      const { replay, tour } = readAddress(location.hash);
      const link = replay ?? sceneOf(tour);
      if (link !== null) replayer.open(link);
      return link !== null;
    };
    if (!follow() && replayer.state().wanted === null) {
      const left = leftAt.get(store);
      void Promise.resolve(left ?? firstLink(race, start, retraced)).then((link) => {
        if (replayer.state().wanted === null) replayer.open(link);
      });
    }
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [replayer, race, start, retraced, store]);

  const { wanted, replay } = state;
  useEffect(() => {
    if (wanted === null || replay === null) return;
    leftAt.set(store, wanted);
    const timer = setTimeout(() => keepInAddress("replay", { replay: wanted }), ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted, replay, store]);

  return { replayer, state };
}
