import type { AdviceStep } from "../../protocol/report.ts";
import { RichText } from "../../ui/RichText.tsx";
import styles from "./AdviceSteps.module.css";
import { CommandBlock } from "./CommandBlock.tsx";

/** What to do, step by step: what a step destroys stands in red before its commands. */
export function AdviceSteps({ steps }: { steps: readonly AdviceStep[] }) {
  if (steps.length === 0) return null;
  return (
    <details className={styles.steps} open={steps.length === 1}>
      <summary>{steps.length === 1 ? "How" : `How, in ${steps.length} steps`}</summary>
      <ol>
        {steps.map(({ text, destroys, commands }, index) => (
          <li key={text}>
            <RichText text={text} />
            {destroys !== null && (
              <strong className={styles.destroys}>This destroys {destroys}.</strong>
            )}
            {commands.length > 0 && <CommandBlock step={index + 1} commands={commands} />}
          </li>
        ))}
      </ol>
    </details>
  );
}
