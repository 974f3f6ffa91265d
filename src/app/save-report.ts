import type { Report } from "../protocol/report.ts";
import { saveText } from "../ui/save-file.ts";

/** Byte for byte what `cowscope check --json` prints. */
export const reportText = (report: Report): string => `${JSON.stringify(report)}\n`;

export const saveReport = (report: Report): void =>
  saveText(`${report.image.name}.cowscope.json`, "application/json", reportText(report));
