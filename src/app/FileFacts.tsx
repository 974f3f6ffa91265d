import { byteSize } from "../ui/format.ts";
import styles from "./FileFacts.module.css";
import { whatIsRead, whatWasChecked } from "./file-facts.ts";
import type { SessionState } from "./session.ts";

/** Which image this is, how much of it was read, and that it stayed here. */
export function FileFacts({ state }: { state: SessionState }) {
  if (state.at === "start") return <p className={styles.facts} />;
  const { name, bytes } = state.subject;
  return (
    <p className={styles.facts}>
      <b className={styles.name}>{name}</b>
      {` · ${byteSize(bytes)}`}
      {state.at === "open" && ` · ${whatWasChecked(state.store.report)}`}
      {state.at === "checking" && ` · ${whatIsRead(state.progress)}`}
      {" · nothing left this machine"}
    </p>
  );
}
