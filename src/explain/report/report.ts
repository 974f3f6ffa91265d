import type { StoreFacts } from "../../protocol/facts.ts";
import type { FindingCode } from "../../protocol/finding.ts";
import { NO_SETTING, type StoreSetting } from "../../protocol/machine.ts";
import type { Problem } from "../../protocol/problem.ts";
import type { Report } from "../../protocol/report.ts";
import { explainFinding } from "../findings/findings.ts";
import { incompleteFinding } from "../findings/incomplete.ts";
import { kernelOutcome, kernelOutcomes } from "../kernel/kernel.ts";
import { mergeOutcome } from "../kernel/merge.ts";
import { verdict } from "../verdict/verdict.ts";
import { rankingWords } from "./chunk-size-words.ts";

/**
 * The report of one check, as CONTRACT says.
 * @param name the image's file name. @param setting what lies around it.
 */
export function makeReport(
  name: string,
  facts: StoreFacts,
  setting: StoreSetting = NO_SETTING,
): Report {
  const kernel = { ...kernelOutcome(facts), merge: mergeOutcome(facts) };
  const ages = kernelOutcomes(facts);
  const { merging, incomplete } = setting;
  const findings = [
    ...(incomplete ? [incompleteFinding(incomplete.missing)] : []),
    ...facts.findings.map((fact) => explainFinding(fact, facts)),
  ];
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
    lvm: merging === null ? null : { merging },
    verdict: verdict({ facts, kernel, ages, findings, setting }),
    findings,
    findingCounts: { ...(incomplete && { "store.incomplete": "1" }), ...counts(facts.counts) },
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
