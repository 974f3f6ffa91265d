import type { LogBorneOut, LogMessage, LogReport } from "../../protocol/log.ts";
import { SEVERITY_WORDS } from "../verdict/severity.ts";
import { plural } from "../words.ts";

const BORNE_OUT: Record<LogBorneOut, string> = {
  confirmed: "The store bears this out.",
  refuted: "The store does not bear this out: it is another one, or it has changed since.",
  open: "The store cannot tell.",
};

/** The report for people: what was said, what it means, what a check will likely find, what next. */
export function logText(report: LogReport): string {
  const { logs, kernels, messages, unlisted } = report;
  const read = logs.map(({ name, lines }) => `${name}: ${plural(lines, "line")}`).join(", ");
  if (messages.length === 0) return `${read}: no message that has to do with a snapshot\n`;
  return [
    `${read}${kernels.length > 0 ? `; kernel ${kernels.join(", ")}` : ""}`,
    "",
    ...messages.flatMap((message) => messageLines(message, report)),
    ...(unlisted > 0 ? [`… and ${plural(unlisted, "message")} more`, ""] : []),
    "",
  ].join("\n");
}

function messageLines(message: LogMessage, { logs }: LogReport): string[] {
  const { severity, text, count, first, findings, means, next, borneOut } = message;
  const place =
    logs.length > 1 ? `${logs[first.log]?.name} line ${first.line}` : `line ${first.line}`;
  return [
    `${SEVERITY_WORDS[severity]}  ${place}${count > 1 ? `, ${count} times` : ""}: ${text}`,
    `  ${means}`,
    ...(findings.length > 0 ? [`  Look in the store for: ${findings.join(", ")}`] : []),
    `  Next: ${next}`,
    ...(borneOut === null ? [] : [`  ${BORNE_OUT[borneOut]}`]),
    "",
  ];
}
