import type { StoreReader } from "../../client/held-store.ts";
import type { RaceAsker } from "../../client/race-client.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { howItHappened } from "./how-it-happened.ts";
import styles from "./ReplayDesk.module.css";
import { ReplayDesk } from "./ReplayDesk.tsx";
import { useAnswer } from "./use-answer.ts";

export interface ReplayViewProps {
  /** The open store, null: the race is played on an invented one. */
  store: OpenedStore | null;
  reader: StoreReader | null;
  race: RaceAsker;
}

/** The race of 61578dcd on the open store, or on one that is new and empty. */
export function ReplayView({ store, reader, race }: ReplayViewProps) {
  const answer = useAnswer("start", async () => {
    if (store === null || reader === null) return { start: null, retraced: null };
    const start = await reader.raceStart();
    return {
      start: start.ok ? start.value : null,
      retraced: await howItHappened(store, reader, race),
    };
  });
  if (answer === null) return <main className={styles.desk} aria-busy="true" />;
  return <ReplayDesk store={store} reader={reader} race={race} {...answer} />;
}
