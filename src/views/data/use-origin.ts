import { useMemo, useSyncExternalStore } from "react";
import type { Origin } from "../../client/held-store.ts";
import type { SnapshotRun } from "../../client/snapshot-run.ts";

/** The origin that was dropped, else the one that the volume group pairs the store with; null: neither. */
export function useOrigin(snapshot: SnapshotRun): Origin | null {
  const { origin: chosen } = useSyncExternalStore(snapshot.subscribe, snapshot.state);
  const { paired } = snapshot;
  return useMemo(() => {
    if (chosen !== null) return chosen;
    return paired !== null && paired.why === null ? { blob: null, name: paired.name } : null;
  }, [chosen, paired]);
}
