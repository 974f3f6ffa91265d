import { counted } from "../ui/format.ts";
import type { SessionState } from "./session.ts";

/** Says for ears what changed on the screen: that reading began, the verdict, a problem. */
export function Announcer({ state }: { state: SessionState }) {
  return (
    <p className="sr-only" role="status">
      {words(state)}
    </p>
  );
}

function words(state: SessionState): string {
  switch (state.at) {
    case "start":
      return "";
    case "checking":
      return state.soFar === null
        ? `Reading ${state.subject.name}`
        : `Still reading. So far: ${state.soFar.verdict.title}`;
    case "machine":
      return `${counted(state.machine.held.tree.stores.length, "COW store")} in ${state.subject.name}`;
    case "open":
      return `${state.store.report.verdict.severity}: ${state.store.report.verdict.title}`;
    case "problem":
      return state.problem.message;
  }
}
