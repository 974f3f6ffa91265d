import { type ReactNode, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { SnapshotRun } from "../../client/snapshot-run.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { DataDialog, type ShownException } from "./DataDialog.tsx";
import { useOrigin } from "./use-origin.ts";

/** Shows the data of an exception; `dialog` has its place in the document. */
export function useDataDialog(
  store: OpenedStore,
  reader: StoreReader,
  snapshot: SnapshotRun,
): { show: (exception: ShownException) => void; dialog: ReactNode } {
  const [exception, setException] = useState<ShownException | null>(null);
  const origin = useOrigin(snapshot);
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
