import type { ComponentType } from "react";
import type { SnapshotRun } from "../client/snapshot-run.ts";
import type { StoreReader } from "../client/store-client.ts";
import type { OpenedStore } from "../protocol/store-service.ts";
import { InspectView } from "../views/inspect/InspectView.tsx";

/** A way to look at the open store: a tab of the top bar, a number key, a fragment of the address. */
export interface View {
  id: string;
  name: string;
  Component: ComponentType<ViewProps>;
}

export interface ViewProps {
  store: OpenedStore;
  reader: StoreReader;
  snapshot: SnapshotRun;
}

const INSPECT: View = { id: "inspect", name: "Inspect", Component: InspectView };

export const VIEWS: readonly View[] = [INSPECT];

/** The view that the address names; the first one if it names none. */
export const viewOf = (fragment: string): View =>
  VIEWS.find(({ id }) => fragment === `#${id}`) ?? INSPECT;
