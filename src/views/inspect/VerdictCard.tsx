import type { ReactNode } from "react";
import type { Progress } from "../../protocol/check.ts";
import type { Report } from "../../protocol/report.ts";
import { SeverityIcon } from "../../ui/icons.tsx";
import { RichText } from "../../ui/RichText.tsx";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import { AdviceSteps } from "./AdviceSteps.tsx";
import { KernelTable } from "./KernelTable.tsx";
import { ReadingBar } from "./ReadingBar.tsx";
import styles from "./VerdictCard.module.css";

interface VerdictCardProps {
  report: Report;
  /** How far the areas are read, while the verdict may yet change; null: it stands. */
  reading: Progress | null;
  /** What else can be done from here. */
  children?: ReactNode;
}

const SEVERITY_WORDS = { fatal: "Fatal", problem: "Problem", note: "Note", ok: "Fine" } as const;

/** What is wrong, why, what to do; beside it what the kernel makes of it. */
export function VerdictCard({ report, reading, children }: VerdictCardProps) {
  const { verdict } = report;
  const [lead, ...rest] = verdict.steps;
  // What is only words comes first; where a step has something to type there is more to it.
  const steps = lead !== undefined && lead.commands.length > 0 ? verdict.steps : rest;
  return (
    <section className={`${styles.card} ${styles[verdict.severity]}`} aria-label="Verdict">
      <div className={styles.words}>
        <h1 className={styles.title}>
          <SeverityIcon severity={verdict.severity} />
          <span>
            <span className="sr-only">{SEVERITY_WORDS[verdict.severity]}: </span>
            {verdict.title}
            {report.lvm?.merging && (
              <>
                {" "}
                <SeverityChip severity="problem">merging</SeverityChip>
              </>
            )}
            {reading !== null && <span className={styles.soFar}> so far</span>}
          </span>
        </h1>
        {reading?.ends && <ReadingBar exceptions={reading.exceptions} ends={reading.ends} />}
        <div className={styles.paragraphs}>
          <p>
            <b>Why.</b> <RichText text={verdict.cause} />
          </p>
          <p>
            <b>What to do.</b> {steps === rest && lead && <RichText text={lead.text} />}
          </p>
        </div>
        <AdviceSteps steps={steps} />
        <div className={styles.actions}>{children}</div>
      </div>
      <KernelTable report={report} soFar={reading !== null} />
    </section>
  );
}
