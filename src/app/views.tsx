import type { ComponentType } from "react";
import type { RaceAsker } from "../client/race-client.ts";
import type { SnapshotRun } from "../client/snapshot-run.ts";
import type { StoreReader } from "../client/store-client.ts";
import type { OpenedStore } from "../protocol/store-service.ts";
import { InspectView } from "../views/inspect/InspectView.tsx";
import { ReplayView } from "../views/replay/ReplayView.tsx";

export interface ViewProps {
  store: OpenedStore;
  reader: StoreReader;
  snapshot: SnapshotRun;
  race: RaceAsker;
}

/** A way to look at the open store: a tab of the top bar, a number key, a fragment of the address. */
export interface View {
  id: string;
  name: string;
  /** The number key that leads there. */
  key: string;
  Component: ComponentType<ViewProps>;
  /** What it shows while no store is open; null: nothing, the start page is there instead. */
  WithoutStore: ComponentType<{ race: RaceAsker }> | null;
}

const INSPECT: View = {
  id: "inspect",
  name: "Inspect",
  key: "1",
  Component: InspectView,
  WithoutStore: null,
};

const REPLAY: View = {
  id: "replay",
  name: "Replay",
  key: "3",
  Component: ReplayView,
  WithoutStore: ({ race }) => <ReplayView store={null} reader={null} race={race} />,
};

export const VIEWS: readonly View[] = [INSPECT, REPLAY];

/** The view that the address names, whatever it says behind "?"; the first one if it names none. */
export const viewOf = (fragment: string): View =>
  VIEWS.find(({ id }) => fragment.split("?")[0] === `#${id}`) ?? INSPECT;

/** To the view as it was left, unless it is on the screen already. */
export function goToView(id: string): void {
  if (location.hash.split("?")[0] !== `#${id}`) location.hash = id;
}
