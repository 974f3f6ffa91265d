import type { StoreFacts } from "../../protocol/facts.ts";
import type { StoreSetting } from "../../protocol/machine.ts";
import type { Report } from "../../protocol/report.ts";
import { verdictSoFar } from "../verdict/verdict-so-far.ts";
import { makeReport } from "./report.ts";

/** The report while the table is still read: to be shown until then, and never to be kept. */
export function makeReportSoFar(name: string, facts: StoreFacts, setting: StoreSetting): Report {
  const report = makeReport(name, facts, setting);
  return { ...report, verdict: verdictSoFar(report.verdict, facts, setting) };
}
