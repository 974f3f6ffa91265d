import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { RaceAsker } from "../../client/race-client.ts";
import type { RaceStart } from "../../protocol/race.ts";
import { firstLink } from "./first-link.ts";
import { leftAt } from "./left-at.ts";
import { BadLink, type ReplayLink, readLink, writeLink } from "./link.ts";
import { Replayer } from "./replayer.ts";

/** Browsers let an address change only so often. */
const ADDRESS_AFTER_MS = 250;

/**
 * The replay that the address names, and the address kept in step with the replay.
 * @param store stands for the open store: where its replay was left is remembered.
 */
export function useReplayer(race: RaceAsker, start: RaceStart | null, store: object) {
  const [badLink, setBadLink] = useState(false);
  const replayer = useMemo(() => new Replayer(race, start), [race, start]);
  const state = useSyncExternalStore(replayer.subscribe, replayer.state);

  useEffect(() => {
    const follow = () => {
      const link = readOr(() => setBadLink(true));
      if (link !== null) replayer.open(link);
      return link !== null;
    };
    const onHashChange = () => {
      setBadLink(false);
      follow();
    };
    if (!follow() && replayer.state().wanted === null) {
      const left = leftAt.get(store);
      void Promise.resolve(left ?? firstLink(race, start)).then((link) => {
        if (replayer.state().wanted === null) replayer.open(link);
      });
    }
    window.addEventListener("hashchange", onHashChange);
    return () => window.removeEventListener("hashchange", onHashChange);
  }, [replayer, race, start, store]);

  const { wanted, replay } = state;
  useEffect(() => {
    if (wanted === null || replay === null) return;
    leftAt.set(store, wanted);
    const timer = setTimeout(() => {
      if (location.hash.startsWith("#replay")) history.replaceState(null, "", writeLink(wanted));
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted, replay, store]);

  return { replayer, state, badLink };
}

function readOr(onBad: () => void): ReplayLink | null {
  try {
    return readLink(location.hash);
  } catch (error) {
    if (!(error instanceof BadLink)) throw error;
    onBad();
    return null;
  }
}
