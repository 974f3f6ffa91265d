import { deepStrictEqual, ok } from "node:assert";
import { kernelOutcome, kernelOutcomes } from "../../../src/explain/kernel/kernel.ts";
import { makeReport } from "../../../src/explain/report/report.ts";
import { DEFAULT_OPTIONS } from "../../../src/protocol/check.ts";
import { FINDINGS_PER_CODE, VERDICT_IDS } from "../../../src/protocol/report.ts";
import { askOracle, LINUX_6_1, LINUX_NEWEST } from "../../oracle.ts";
import type { Rng } from "../../random.ts";
import { hostileStore } from "../hostile-store.ts";
import { anyOptions, bounded, checked } from "../stores.ts";
import type { FuzzTarget } from "../target.ts";

/** A bare store under every age: Linux 6.1 and the newest as their own source has it. */
export const check: FuzzTarget = { name: "check", run };

async function run(rng: Rng): Promise<string> {
  const bytes = hostileStore(rng);
  const options = anyOptions(rng);
  const source = bounded(bytes, rng);
  const { facts } = await checked(source, options, rng.chance(0.5));
  source.assertWellRead();
  const report = makeReport("bytes", facts);
  ok(VERDICT_IDS.includes(report.verdict.id));
  for (const [code, count] of Object.entries(report.findingCounts)) {
    const listed = report.findings.filter((finding) => finding.code === code).length;
    deepStrictEqual([code, listed], [code, Math.min(Number(count), FINDINGS_PER_CODE)]);
  }
  for (const { message, code } of report.findings) ok(message && code);
  const { blockSize } = options;
  const { tableChunk } = facts.activation;
  const asked = { tableChunk, blockSize };
  if (options.kernel === DEFAULT_OPTIONS.kernel) {
    const said = askOracle(bytes, { ...asked, kernel: LINUX_NEWEST });
    deepStrictEqual(kernelOutcome(facts), said);
  }
  const linux61 = kernelOutcomes(facts).find(({ age }) => age === "5.16");
  if (!linux61) throw new Error("an age is missing");
  const { age: _, kernels: _k, sameAs: _s, tableChunk: table, ...outcome } = linux61;
  deepStrictEqual(outcome, askOracle(bytes, { blockSize, tableChunk: table, kernel: LINUX_6_1 }));
  return report.verdict.id;
}
