import { reportText } from "../explain/report/report-text.ts";
import { TICKET_FORMATS, type TicketFormat } from "../explain/ticket/ticket-formats.ts";
import { writeTicket } from "../explain/ticket/write-ticket.ts";
import type { Report } from "../protocol/report.ts";
import { saveText } from "../ui/save-file.ts";

/** Byte for byte what `cowscope check` prints to a file. */
export const saveReportText = (report: Report): void =>
  saveText(`${report.image.name}.cowscope.txt`, "text/plain", reportText(report, false));

/** Byte for byte what `cowscope check --json` prints. */
export const saveReportJson = (report: Report): void =>
  saveText(`${report.image.name}.cowscope.json`, "application/json", `${JSON.stringify(report)}\n`);

/** Byte for byte what `cowscope check --format markdown` or `html` prints. */
export function saveTicket(report: Report, format: TicketFormat): void {
  const { ending, type } = TICKET_FORMATS[format];
  saveText(`${report.image.name}.cowscope.${ending}`, type, writeTicket([report], format));
}
