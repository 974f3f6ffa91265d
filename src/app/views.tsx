import type { ComponentType } from "react";
import type { ViewId } from "../address/address.ts";
import type { StoreReader } from "../client/held-store.ts";
import type { RaceAsker } from "../client/race-client.ts";
import type { SnapshotRun } from "../client/snapshot-run.ts";
import type { OpenedStore } from "../protocol/store-service.ts";
import type { AddressViewProps } from "../views/address/AddressView.tsx";
import type { FindViewProps } from "../views/find/FindView.tsx";
import type { CheckingViewProps } from "../views/inspect/CheckingView.tsx";
import type { InspectTarget } from "../views/inspect/inspect-target.ts";
import type { ReplayViewProps } from "../views/replay/ReplayView.tsx";
import { lazyView } from "./lazy-view.tsx";
import type { StoreActionsProps } from "./StoreActions.tsx";

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

const inspect = lazyView<ViewProps>(
  "the store",
  async () => (await import("../views/inspect/InspectView.tsx")).InspectView,
);

const map = lazyView<ViewProps>(
  "the map",
  async () => (await import("../views/map/MapView.tsx")).MapView,
);

const replay = lazyView<ReplayViewProps>(
  "the replay",
  async () => (await import("../views/replay/ReplayView.tsx")).ReplayView,
);

const repair = lazyView<ViewProps>(
  "the repairs",
  async () => (await import("../views/repair/RepairView.tsx")).RepairView,
);

const INSPECT: View = {
  id: "inspect",
  name: "Inspect",
  does: "inspect the store",
  Component: inspect.Component,
  WithoutStore: null,
};

const MAP: View = {
  id: "map",
  name: "Map",
  does: "see all chunks and the history",
  Component: map.Component,
  WithoutStore: null,
};

const REPLAY: View = {
  id: "replay",
  name: "Replay",
  does: "replay the race",
  Component: replay.Component,
  WithoutStore: ({ race }) => <replay.Component store={null} reader={null} race={race} />,
};

const REPAIR: View = {
  id: "repair",
  name: "Repair",
  does: "see what can be done for it",
  Component: repair.Component,
  WithoutStore: null,
};

/** In the order of the tabs; the number keys count them. */
export const VIEWS: readonly View[] = [INSPECT, MAP, REPLAY, REPAIR];

export const keyOf = (view: View): string => String(VIEWS.indexOf(view) + 1);

/** The first one if the address names none. */
export const viewOf = (id: ViewId | null): View => VIEWS.find((view) => view.id === id) ?? INSPECT;

/** Looks into the files of one machine; it has no tab, since what it shows is no store. */
export const FIND = lazyView<FindViewProps>(
  "what is in a disk",
  async () => (await import("../views/find/FindView.tsx")).FindView,
);

/** A store while it is read; it comes with the view that it becomes. */
export const CHECKING = lazyView<CheckingViewProps>(
  "the store",
  async () => (await import("../views/inspect/CheckingView.tsx")).CheckingView,
);

/** They come with the store that they are for, and stand beside the file's name. */
export const STORE_ACTIONS = lazyView<StoreActionsProps>(
  "what can be done with the store",
  async () => (await import("./StoreActions.tsx")).StoreActions,
  null,
);

/** Asks for an address, on the page that may ask a server. */
export const ADDRESS = lazyView<AddressViewProps>(
  "where to put an address",
  async () => (await import("../views/address/AddressView.tsx")).AddressView,
);

/** What a dropped image is shown with, fetched before one is dropped. */
export function fetchViewsAhead(): void {
  CHECKING.ahead();
  inspect.ahead();
  STORE_ACTIONS.ahead();
}
