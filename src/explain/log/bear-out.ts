import type { LogBorneOut, LogMessage, LogReport } from "../../protocol/log.ts";
import type { Report } from "../../protocol/report.ts";

/**
 * What stands before the words that every age shares: who says it, of which device, and the errno
 * behind them.
 */
const AROUND =
  /^device-mapper: (?:persistent snapshot: |snapshots: |table: \S+: snapshot: )?| \(-E[A-Z]+\)$|\.$/g;

const wordsOf = (line: string): string =>
  line.replace(AROUND, "").replace(AROUND, "").toLowerCase();

/**
 * Holds a log to a store: a message of activation is confirmed where the kernel that was asked about
 * says the same of these bytes, and refuted where it does not; any other message is confirmed by a
 * finding that it points to, and open without one.
 */
export function bearOut(log: LogReport, report: Report): LogReport {
  const said = new Set(report.kernel.dmesg.map(wordsOf));
  const codes = new Set<string>(report.findings.map(({ code }) => code));
  const judge = (message: LogMessage): LogBorneOut => {
    if (message.id.startsWith("activation.")) {
      return said.has(wordsOf(message.text)) ? "confirmed" : "refuted";
    }
    if (message.id.startsWith("oops.") && report.kernel.crash !== null) return "confirmed";
    return message.findings.some((code) => codes.has(code)) ? "confirmed" : "open";
  };
  return {
    ...log,
    messages: log.messages.map((message) => ({ ...message, borneOut: judge(message) })),
  };
}
