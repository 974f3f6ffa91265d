import { useState } from "react";
import type { RaceAsker } from "../client/race-client.ts";
import { NotAStoreView } from "../views/problem/NotAStoreView.tsx";
import type { SessionState } from "./session.ts";
import type { View } from "./views.tsx";

interface OpenStoreProps {
  state: Extract<SessionState, { at: "open" }>;
  view: View;
  race: RaceAsker;
  onChoose: () => void;
}

/** An image that was read to its end, in the view that the address names. */
export function OpenStore({ state, view, race, onChoose }: OpenStoreProps) {
  const { store, reader, snapshot } = state;
  const [looks, setLooks] = useState(state.asItIs);
  if (store.report.verdict.id === "not-a-store" && !looks) {
    return (
      <NotAStoreView report={store.report} onLook={() => setLooks(true)} onChoose={onChoose} />
    );
  }
  return <view.Component store={store} reader={reader} snapshot={snapshot} race={race} />;
}
