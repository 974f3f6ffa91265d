import { deepStrictEqual, ok } from "node:assert";
import { planRepair } from "../../../src/engine/repair/plan-repair.ts";
import { kernelOutcome } from "../../../src/explain/kernel/kernel.ts";
import { makeReport } from "../../../src/explain/report/report.ts";
import { DEFAULT_OPTIONS } from "../../../src/protocol/check.ts";
import { askOracle, LINUX_NEWEST } from "../../oracle.ts";
import type { Rng } from "../../random.ts";
import { hostileStore } from "../hostile-store.ts";
import { anyOptions, bounded, checked, core, isTyped } from "../stores.ts";
import type { FuzzTarget } from "../target.ts";

/** Every level's patches lie in the image, and do what the plan says: patched bytes are checked. */
export const repair: FuzzTarget = { name: "repair", run };

async function run(rng: Rng): Promise<string> {
  const bytes = hostileStore(rng);
  const options = anyOptions(rng);
  const source = bounded(bytes, rng);
  let plan: Awaited<ReturnType<typeof planRepair>>;
  try {
    plan = await planRepair(core, source, options, { afterBatch: () => true });
  } catch (error) {
    if (isTyped(error)) return error.name;
    throw error;
  }
  ok(plan);
  source.assertWellRead();
  const ends: string[] = [];
  for (const { level, obstacle, patches, after } of plan.levels) {
    const repaired = bytes.slice();
    for (const { offset, bytes: next, before } of patches) {
      ok(offset + next.length <= bytes.length, "a patch behind the end");
      deepStrictEqual(bytes.subarray(offset, offset + before.length), before);
      repaired.set(next, offset);
    }
    if (after === null) continue;
    const { facts } = await checked(bounded(repaired, rng), options);
    deepStrictEqual(makeReport("bytes", facts), makeReport("bytes", after));
    if (obstacle !== null) continue;
    ends.push(level);
    ok(kernelOutcome(after).activates, `${level} does not activate`);
    if (options.kernel !== DEFAULT_OPTIONS.kernel) continue;
    const { tableChunk } = after.activation;
    const asked = { tableChunk, blockSize: options.blockSize, kernel: LINUX_NEWEST };
    deepStrictEqual(kernelOutcome(after), askOracle(repaired, asked));
  }
  return ends.join("+") || "nothing";
}
