import type { AdviceStep } from "../../protocol/report.ts";
import { RichText } from "../../ui/RichText.tsx";
import { CopyButton } from "../inspect/CopyButton.tsx";
import styles from "./LevelPanel.module.css";

/** How the copy is read, and how it would go back; what that destroys stands before its commands. */
export function CopyUse({ next }: { next: readonly AdviceStep[] }) {
  if (next.length === 0) return null;
  return (
    <details className={styles.more}>
      <summary>With the copy</summary>
      {next.map(({ text, destroys, commands }, index) => (
        <div key={text}>
          <p>
            <RichText text={text} />
          </p>
          {destroys !== null && (
            <p className={styles.destroys}>
              <strong>This destroys {destroys}.</strong>
            </p>
          )}
          <pre>{commands.join("\n")}</pre>
          <CopyButton
            what="Copy"
            name={`Copy the commands: with the copy, ${index + 1}`}
            text={commands.join("\n")}
          />
        </div>
      ))}
    </details>
  );
}
