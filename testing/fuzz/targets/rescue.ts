import { ok } from "node:assert";
import { planRescue } from "../../../src/engine/rescue/plan-rescue.ts";
import { rescueReport } from "../../../src/engine/rescue/rescue-report.ts";
import type { Rng } from "../../random.ts";
import { hostileStore } from "../hostile-store.ts";
import { anyOptions, bounded, core, isTyped } from "../stores.ts";
import type { FuzzTarget } from "../target.ts";

/** What is called known lies in the store; ranges are in order, and within the origin. */
export const rescue: FuzzTarget = { name: "rescue", run };

async function run(rng: Rng): Promise<string> {
  const bytes = hostileStore(rng);
  const source = bounded(bytes, rng);
  try {
    const planned = await planRescue(core, "store", source, anyOptions(rng), () => true);
    source.assertWellRead();
    if (!planned.ok) return planned.problem.code;
    const { ranges, origin, chunks } = rescueReport("store", planned.value);
    let end = 0n;
    for (const { offset, bytes: length, is, storeOffset } of ranges) {
      ok(BigInt(offset) >= end, "ranges out of order");
      ok(BigInt(length) > 0n);
      end = BigInt(offset) + BigInt(length);
      if (is !== "known") continue;
      ok(BigInt(storeOffset ?? -1) + BigInt(length) <= bytes.length, "known, behind the end");
      ok(end <= BigInt(origin.bytes), "known, behind the origin's end");
    }
    return (
      Object.entries(chunks)
        .flatMap(([is, n]) => (n === "0" ? [] : is))
        .join("+") || "none"
    );
  } catch (error) {
    if (isTyped(error)) return error.name;
    throw error;
  }
}
