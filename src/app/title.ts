import { counted } from "../ui/format.ts";
import type { SessionState } from "./session.ts";
import type { View } from "./views.tsx";

/** What the browser's tab and its history say: which image, and what is the matter with it. */
export function titleOf(state: SessionState, view: View): string {
  switch (state.at) {
    case "start":
      return view.WithoutStore === null ? "cowscope" : `${view.name} · cowscope`;
    case "checking":
      return `${state.subject.name}: being read · cowscope`;
    case "machine": {
      const { length } = state.machine.held.tree.stores;
      return `${state.subject.name}: ${length === 0 ? "no COW store" : counted(length, "COW store")} · cowscope`;
    }
    case "open": {
      const { image, verdict } = state.store.report;
      const shown = view.id === "inspect" ? "" : `${view.name} · `;
      return `${image.name}: ${verdict.title} · ${shown}cowscope`;
    }
    case "problem":
      return `${state.subject.name}: ${state.problem.message} · cowscope`;
  }
}
