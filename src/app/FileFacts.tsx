import { useSyncExternalStore } from "react";
import type { OpenMachine } from "../client/store-checks.ts";
import { byteSize } from "../ui/format.ts";
import { Breadcrumb } from "./Breadcrumb.tsx";
import styles from "./FileFacts.module.css";
import { whatIsInside, whatIsKnown } from "./file-facts.ts";
import type { SessionState } from "./session.ts";

interface FileFactsProps {
  state: SessionState;
  onMachine: () => void;
}

/** How much of the files was read: more and more, while the stores in them are. */
function MachineFacts({ machine }: { machine: OpenMachine }) {
  const { checks, held } = machine;
  useSyncExternalStore(checks.subscribe, checks.state);
  return whatIsInside(held.tree, held.bytes);
}

/** Which image this is and what it lies in, how much of it was read, and that it stayed here. */
export function FileFacts({ state, onMachine }: FileFactsProps) {
  if (state.at === "start") return <p className={styles.facts} />;
  const { name, bytes, hosts } = state.subject;
  const found = state.at === "machine" ? null : state.found;
  const known =
    state.at === "machine" ? <MachineFacts machine={state.machine} /> : whatIsKnown(state);
  const facts = (
    <>
      {bytes > 0 || hosts === null ? ` · ${byteSize(bytes)}` : ""}
      {known !== "" && " · "}
      {known}
      {hosts === null ? " · nothing left this machine" : ` · asked of ${hosts} alone`}
    </>
  );
  // The name of a <nav> may not stand in a <p>.
  return found === null ? (
    <p className={styles.facts}>
      <b className={styles.name}>{name}</b>
      {facts}
    </p>
  ) : (
    <div className={styles.facts}>
      <Breadcrumb found={found} onMachine={onMachine} />
      {facts}
    </div>
  );
}
