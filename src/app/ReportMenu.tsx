import { useId } from "react";
import { writeTicket } from "../explain/ticket/write-ticket.ts";
import type { Report } from "../protocol/report.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../views/inspect/CopyButton.tsx";
import styles from "./ReportMenu.module.css";
import { saveReportJson, saveReportText, saveTicket } from "./save-report.ts";

/** The report as a file: words for a ticket, or JSON for a program. */
export function ReportMenu({ report }: { report: Report }) {
  const id = useId();
  const item = (words: string, save: (report: Report) => void) => (
    <Button popoverTarget={id} popoverTargetAction="hide" onClick={() => save(report)}>
      {words}
    </Button>
  );
  return (
    <>
      <Button popoverTarget={id}>Report</Button>
      <div id={id} popover="auto" className={styles.menu}>
        <CopyButton what="Copy as Markdown" text={() => writeTicket([report], "markdown")} />
        {item("Save as Markdown", () => saveTicket(report, "markdown"))}
        {item("Save as HTML", () => saveTicket(report, "html"))}
        {item("Save as text", saveReportText)}
        {item("Save as JSON", saveReportJson)}
      </div>
    </>
  );
}
