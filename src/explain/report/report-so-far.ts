import type { StoreFacts } from "../../protocol/facts.ts";
import type { StoreSubject } from "../../protocol/machine.ts";
import type { Report } from "../../protocol/report.ts";
import { verdictSoFar } from "../verdict/verdict-so-far.ts";
import { makeReport } from "./report.ts";

/** The report while the table is still read: to be shown until then, and never to be kept. */
export function makeReportSoFar(
  name: string,
  facts: StoreFacts,
  subject: StoreSubject | null,
): Report {
  const report = makeReport(name, facts, subject);
  return { ...report, verdict: verdictSoFar(report.verdict, facts) };
}
