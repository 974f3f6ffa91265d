import type { RaceAsker } from "../../client/race-client.ts";
import type { StoreReader } from "../../client/store-client.ts";
import { success } from "../../protocol/problem.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import styles from "./ReplayDesk.module.css";
import { ReplayDesk } from "./ReplayDesk.tsx";
import { useAnswer } from "./use-answer.ts";

interface ReplayViewProps {
  /** The open store, null: the race is played on an invented one. */
  store: OpenedStore | null;
  reader: StoreReader | null;
  race: RaceAsker;
}

/** The race of 61578dcd on the open store, or on one that is new and empty. */
export function ReplayView({ store, reader, race }: ReplayViewProps) {
  const start = useAnswer("start", async () => (reader ? reader.raceStart() : success(null)));
  if (start === null) return <main className={styles.desk} aria-busy="true" />;
  const known = start.ok ? start.value : null;
  return <ReplayDesk store={store} reader={reader} race={race} start={known} />;
}
