import type { StoreFacts } from "../../protocol/facts.ts";
import type { FindingCode } from "../../protocol/finding.ts";
import type { StoreSubject } from "../../protocol/machine.ts";
import type { Problem } from "../../protocol/problem.ts";
import type { Report } from "../../protocol/report.ts";
import { explainFinding } from "../findings/findings.ts";
import { kernelOutcome, kernelOutcomes } from "../kernel/kernel.ts";
import { mergeOutcome } from "../kernel/merge.ts";
import { verdict } from "../verdict/verdict.ts";
import { rankingWords } from "./chunk-size-words.ts";

/**
 * The report of one check, as CONTRACT says.
 * @param name the image's file name. @param subject whose store it is, where that is known.
 */
export function makeReport(
  name: string,
  facts: StoreFacts,
  subject: StoreSubject | null = null,
): Report {
  const kernel = { ...kernelOutcome(facts), merge: mergeOutcome(facts) };
  const ages = kernelOutcomes(facts);
  const findings = facts.findings.map((fact) => explainFinding(fact, facts));
  return {
    schema: "cowscope.report/1",
    image: { name, bytes: String(facts.bytes), sectors: String(facts.sectors) },
    options: {
      tableChunk: facts.activation.tableChunk,
      tableChunkFrom: facts.tableChunkFrom,
      originSectors: facts.options.originSectors?.toString() ?? null,
      blockSize: facts.options.blockSize,
      kernel: facts.options.kernel,
    },
    header: facts.header,
    chunkSize: {
      sectors: facts.chunkSize,
      from: facts.chunkSizeFrom,
      ranking: rankingWords(facts.chunkSizeRanking),
    },
    areas: {
      read: facts.areasRead,
      full: facts.areasFull,
      exceptionsPerArea: facts.exceptionsPerArea,
    },
    exceptions: { count: String(facts.exceptions) },
    kernel,
    ages,
    verdict: verdict({ facts, kernel, ages, findings, subject }),
    findings,
    findingCounts: counts(facts.counts),
  };
}

function counts(of: ReadonlyMap<FindingCode, bigint>): Partial<Record<FindingCode, string>> {
  return Object.fromEntries([...of].map(([code, count]) => [code, String(count)]));
}

/** The line of an image that has no report: CONTRACT, "One line an image, whatever happens". */
export function problemLine(
  name: string,
  problem: Omit<Problem, "code"> & { code: string },
): string {
  const image = { name, bytes: null, sectors: null };
  return `${JSON.stringify({ schema: "cowscope.report/1", image, problem })}\n`;
}

/** The report as a line of JSON: the same bytes from the page and from the command. */
export function reportLine(report: Report): string {
  return `${JSON.stringify(report)}\n`;
}
