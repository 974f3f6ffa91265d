import { plural } from "../../explain/words.ts";
import styles from "./AdviceSteps.module.css";
import { CopyButton } from "./CopyButton.tsx";

/** What to type in one step, with a button of its own. @param step which one it is, from 1 on. */
export function CommandBlock({ step, commands }: { step: number; commands: readonly string[] }) {
  const behind = commands.filter((command) => command.startsWith("#")).length;
  const lines = plural(commands.length, "line");
  return (
    <div className={styles.block}>
      <pre>{commands.join("\n")}</pre>
      <CopyButton
        what="Copy"
        name={`Copy the commands of step ${step}`}
        text={commands.join("\n")}
        // What stands behind a # does nothing when it is pasted: whoever pastes it should know.
        copied={behind === 0 ? `Copied ${lines}` : `Copied ${lines}, ${behind} behind a #`}
      />
    </div>
  );
}
