import type { ComponentType } from "react";
import type { ViewId } from "../address/address.ts";
import type { StoreReader } from "../client/held-store.ts";
import type { RaceAsker } from "../client/race-client.ts";
import type { SnapshotRun } from "../client/snapshot-run.ts";
import type { OpenedStore } from "../protocol/store-service.ts";
import { InspectView } from "../views/inspect/InspectView.tsx";
import type { InspectTarget } from "../views/inspect/inspect-target.ts";
import { RepairView } from "../views/repair/RepairView.tsx";
import { ReplayView } from "../views/replay/ReplayView.tsx";
import { lazyView } from "./lazy-view.tsx";

export interface ViewProps {
  store: OpenedStore;
  reader: StoreReader;
  snapshot: SnapshotRun;
  race: RaceAsker;
  /** What Inspect shows first; null: its beginning. */
  target: InspectTarget | null;
  /** Goes to Inspect, to what is named. */
  onInspect: (target: InspectTarget) => void;
}

/** A way to look at the open store: a tab of the top bar, a number key, an address. */
export interface View {
  id: ViewId;
  name: string;
  /** What one does with it, for the list of keys. */
  does: string;
  Component: ComponentType<ViewProps>;
  /** What it shows while no store is open; null: nothing, the start page is there instead. */
  WithoutStore: ComponentType<{ race: RaceAsker }> | null;
}

const INSPECT: View = {
  id: "inspect",
  name: "Inspect",
  does: "inspect the store",
  Component: InspectView,
  WithoutStore: null,
};

const MAP: View = {
  id: "map",
  name: "Map",
  does: "see all chunks and the history",
  Component: lazyView<ViewProps>(async () => (await import("../views/map/MapView.tsx")).MapView),
  WithoutStore: null,
};

const REPLAY: View = {
  id: "replay",
  name: "Replay",
  does: "replay the race",
  Component: ReplayView,
  WithoutStore: ({ race }) => <ReplayView store={null} reader={null} race={race} />,
};

const REPAIR: View = {
  id: "repair",
  name: "Repair",
  does: "see what can be done for it",
  Component: RepairView,
  WithoutStore: null,
};

/** In the order of the tabs; the number keys count them. */
export const VIEWS: readonly View[] = [INSPECT, MAP, REPLAY, REPAIR];

export const keyOf = (view: View): string => String(VIEWS.indexOf(view) + 1);

/** The first one if the address names none. */
export const viewOf = (id: ViewId | null): View => VIEWS.find((view) => view.id === id) ?? INSPECT;
