import type { FindingCode, Severity } from "./finding.ts";

/** What a line of a log says, once it is known which message it is. */
export interface LogSaying {
  severity: Severity;
  /** Plain words for what the message says happened. */
  means: string;
  /** What a check of the store is likely to find: codes of findings, the likeliest first. */
  findings: FindingCode[];
  /** What to look at next. */
  next: string;
}

/** Whether the store that was handed over bears the message out. */
export type LogBorneOut = "confirmed" | "refuted" | "open";

/** One message, however often it stands in the log. */
export interface LogMessage extends LogSaying {
  /** Which message it is; never renamed. */
  id: string;
  /** As it stands in the log, without time stamp and host. */
  text: string;
  count: number;
  /** Lines count from 1; `log` is the place in `logs`. */
  first: { log: number; line: number };
  last: { log: number; line: number };
  /** Null where no store was handed over. */
  borneOut: LogBorneOut | null;
}

/** What `cowscope log --json` prints (schema `cowscope.log/1`). */
export interface LogReport {
  schema: "cowscope.log/1";
  logs: { name: string; lines: number }[];
  /** Releases that the log names ("Linux version …", an oops), in the order they are met. */
  kernels: string[];
  /** In the order in which they are first met. */
  messages: LogMessage[];
  /** Distinct messages above the limit that is listed. */
  unlisted: number;
}
