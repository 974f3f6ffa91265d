import type { Severity } from "../../protocol/finding.ts";
import type { LevelPlan, RepairLevel, RepairRisk } from "../../protocol/repair.ts";
import type { KernelOutcome, Report } from "../../protocol/report.ts";
import { Button } from "../../ui/Button.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { RichText } from "../../ui/RichText.tsx";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import { KernelTable } from "../inspect/KernelTable.tsx";
import { CopyUse } from "./CopyUse.tsx";
import styles from "./LevelPanel.module.css";
import { PatchHex } from "./PatchHex.tsx";
import { TypedCommands } from "./TypedCommands.tsx";

const NAMES: Record<RepairLevel, { title: string; about: string }> = {
  boot: { title: "Boot", about: "the machine starts, the snapshot shows as invalid" },
  salvage: { title: "Salvage", about: "a right header, the snapshot is read" },
  surgical: { title: "Surgical", about: "that, and a table without damage" },
};
const RISKS: Record<RepairRisk, Severity> = { none: "ok", low: "note", high: "problem" };
/** Places that are shown; the plan has all of them. */
const MOST_PLACES = 6;

interface LevelPanelProps {
  plan: LevelPlan;
  /** Of the store as it is. */
  report: Report;
  /** null: the page cannot make the copy, but its commands can. */
  onSave: (() => void) | null;
}

/** One way to repair the store: what it brings, what it costs, what to type. */
export function LevelPanel({ plan, report, onSave }: LevelPanelProps) {
  const { level, possible, why, risk } = plan;
  const { title, about } = NAMES[level];
  const chip =
    risk === null ? null : <SeverityChip severity={RISKS[risk]}>risk {risk}</SeverityChip>;
  return (
    <Panel title={title} about={about} aside={chip ?? "not possible"} className={styles.panel}>
      <div className={styles.body}>
        {possible ? (
          <Possible plan={plan} report={report} onSave={onSave} />
        ) : (
          <p className={styles.quiet}>
            <RichText text={why} />
          </p>
        )}
      </div>
    </Panel>
  );
}

function Possible({ plan, report, onSave }: LevelPanelProps) {
  const { why, brings, loses, riskWhy, caution, patches, commands, undo, next, after, level } =
    plan;
  const more = patches.length - MOST_PLACES;
  return (
    <>
      <dl className={styles.facts}>
        <Fact name="Why" text={why} />
        <Fact name="Brings" text={brings} />
        <Fact name="Loses" text={loses} />
        <Fact name="Risk" text={riskWhy} />
        {after && <Fact name="Then" text={outcomeWords(after.kernel)} />}
      </dl>
      <div className={styles.patches}>
        {patches.slice(0, MOST_PLACES).map((patch) => (
          <PatchHex key={patch.offset} patch={patch} />
        ))}
        {more > 0 && (
          <p className={styles.quiet}>And {more} more places: the saved plan has them.</p>
        )}
      </div>
      {after && (
        <details className={styles.more}>
          <summary>Every kernel, with it</summary>
          <KernelTable report={{ ...report, ...after }} soFar={false} />
        </details>
      )}
      <TypedCommands
        title="Commands"
        about="The image is only read: a copy is made beside it. Pasted whole, the commands stop and say why where other bytes stand."
        commands={commands}
      />
      <TypedCommands title="Undo" about="The copy is then what the image is." commands={undo} />
      <CopyUse next={next} />
      {caution !== "" && (
        <p className={styles.caution} role="note">
          {caution}
        </p>
      )}
      {onSave && (
        <div className={styles.actions}>
          <Button onClick={onSave}>
            Save the repaired copy: {NAMES[level].title.toLowerCase()}
          </Button>
        </div>
      )}
    </>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <RichText text={text} />
      </dd>
    </>
  );
}

function outcomeWords({ activates, crash, dmsetup, status }: KernelOutcome): string {
  if (crash !== null) return `The kernel crashes: ${crash}.`;
  return activates
    ? `The kernel activates it, status “${status}”.`
    : `The kernel refuses it: ${dmsetup}.`;
}
