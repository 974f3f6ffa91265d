import { useEffect, useState } from "react";
import type { ViewId } from "../address/address.ts";
import type { RaceAsker } from "../client/race-client.ts";
import type { InspectTarget } from "../views/inspect/inspect-target.ts";
import { NotAStoreView } from "../views/problem/NotAStoreView.tsx";
import type { SessionState } from "./session.ts";
import type { View } from "./views.tsx";

interface OpenStoreProps {
  state: Extract<SessionState, { at: "open" }>;
  view: View;
  race: RaceAsker;
  onChoose: () => void;
  /** Goes to another view of it. */
  onView: (view: ViewId) => void;
}

/** An image that was read to its end, in the view that the address names. */
export function OpenStore({ state, view, race, onChoose, onView }: OpenStoreProps) {
  const { store, reader, snapshot } = state;
  const [target, setTarget] = useState<InspectTarget | null>(null);
  // Once Inspect is left, it opens where it was left.
  useEffect(() => {
    if (view.id !== "inspect") setTarget(null);
  }, [view.id]);
  const [looks, setLooks] = useState(state.asItIs);
  if (store.report.verdict.id === "not-a-store" && !looks) {
    return (
      <NotAStoreView report={store.report} onLook={() => setLooks(true)} onChoose={onChoose} />
    );
  }
  return (
    <view.Component
      store={store}
      reader={reader}
      snapshot={snapshot}
      race={race}
      target={target}
      onInspect={(wanted) => {
        setTarget(wanted);
        onView("inspect");
      }}
    />
  );
}
