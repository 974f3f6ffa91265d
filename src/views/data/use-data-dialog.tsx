import { type ReactNode, useMemo, useState, useSyncExternalStore } from "react";
import type { Origin, StoreReader } from "../../client/held-store.ts";
import type { SnapshotRun } from "../../client/snapshot-run.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { DataDialog, type ShownException } from "./DataDialog.tsx";

/** Shows the data of an exception; `dialog` has its place in the document. */
export function useDataDialog(
  store: OpenedStore,
  reader: StoreReader,
  snapshot: SnapshotRun,
): { show: (exception: ShownException) => void; dialog: ReactNode } {
  const [exception, setException] = useState<ShownException | null>(null);
  const { origin: chosen } = useSyncExternalStore(snapshot.subscribe, snapshot.state);
  const { paired } = snapshot;
  const origin = useMemo((): Origin | null => {
    if (chosen !== null) return chosen;
    return paired !== null && paired.why === null ? { blob: null, name: paired.name } : null;
  }, [chosen, paired]);
  const dialog = exception !== null && (
    <DataDialog
      store={store}
      reader={reader}
      origin={origin}
      exception={exception}
      onClose={() => setException(null)}
    />
  );
  return { show: setException, dialog };
}
