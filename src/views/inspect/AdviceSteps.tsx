import type { AdviceStep } from "../../protocol/report.ts";
import { Button } from "../../ui/Button.tsx";
import { RichText } from "../../ui/RichText.tsx";
import styles from "./AdviceSteps.module.css";
import { CommandBlock } from "./CommandBlock.tsx";
import { CopyButton } from "./CopyButton.tsx";

const VIEW_WORDS = { repair: "Show the plan", rescue: "Show what is left" } as const;

/**
 * What to do, step by step: what a step destroys stands in red before its commands, and commands
 * are copied only where they can be read.
 */
export function AdviceSteps({ steps }: { steps: readonly AdviceStep[] }) {
  if (steps.length === 0) return null;
  const all = steps.flatMap(({ commands }) => commands);
  return (
    <details className={styles.steps} open={steps.length === 1}>
      <summary>{steps.length === 1 ? "How" : `How, in ${steps.length} steps`}</summary>
      <ol>
        {steps.map(({ text, destroys, commands, by }, index) => (
          <li key={text}>
            <RichText text={text} />
            {destroys !== null && (
              <strong className={styles.destroys}>This destroys {destroys}.</strong>
            )}
            {by !== undefined && (
              <div className={styles.block}>
                <Button onClick={showRepair}>{VIEW_WORDS[by]}</Button>
              </div>
            )}
            {commands.length > 0 && <CommandBlock step={index + 1} commands={commands} />}
          </li>
        ))}
      </ol>
      {all.length > 0 && (
        <div className={styles.block}>
          <CopyButton what="Copy commands" text={all.join("\n")} />
        </div>
      )}
    </details>
  );
}

/** The address decides which view is on the screen; a rescue is part of that of repairs. */
function showRepair() {
  location.hash = "repair";
}
