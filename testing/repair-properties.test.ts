import fc from "fast-check";
import { expect, test } from "vitest";
import { kernelOutcome, kernelOutcomes } from "../src/explain/kernel/kernel.ts";
import { REPAIR_LEVELS } from "../src/protocol/repair.ts";
import { randomStore } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import { randomDamage } from "./damage.ts";
import { FIXTURES, fixtureBytes } from "./fixtures.ts";
import { askOracle, LINUX_6_1, LINUX_NEWEST } from "./oracle.ts";
import { seededRng } from "./random.ts";
import { levelOf, planBytes, repairedBytes } from "./repair.ts";

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** Obstacles that say: there is nothing to do. */
const NOTHING = ["activates", "invalid-already", "header-right", "table-right"];

test("a healthy store: nothing to do, at any level", async () => {
  const healthy = FIXTURES.filter(({ source }) => source === "store");
  let seen = 0;
  for (const row of healthy) {
    const bytes = fixtureBytes(row);
    if ((await checkBytes(bytes)).report.verdict.id !== "healthy") continue;
    const { levels } = await planBytes(bytes);
    for (const { obstacle, patches } of levels) {
      expect(NOTHING, row.id).toContain(obstacle);
      expect(patches).toEqual([]);
    }
    seen += 1;
  }
  expect(seen).toBeGreaterThan(25);
  await fc.assert(
    fc.asyncProperty(seed, async (value) => {
      const { levels } = await planBytes(randomStore(seededRng(value)).bytes);
      for (const { obstacle } of levels) expect(NOTHING).toContain(obstacle);
    }),
    { numRuns: 25 },
  );
});

test("repaired, checked, activated: as predicted, by the newest kernel and by 6.1; and done once", async () => {
  await fc.assert(
    fc.asyncProperty(seed, async (value) => {
      const rng = seededRng(value);
      const { bytes } = randomDamage(randomStore(rng), rng);
      const facts = await planBytes(bytes);
      for (const level of REPAIR_LEVELS.map((one) => levelOf(facts, one))) {
        const repaired = repairedBytes(bytes, level);
        if (!repaired || !level.after) continue;
        const { tableChunk } = level.after.activation;
        const predicted = kernelOutcome(level.after);
        expect(predicted).toEqual(askOracle(repaired, { tableChunk, kernel: LINUX_NEWEST }));
        expect(predicted.activates).toBe(true);
        const linux61 = kernelOutcomes(level.after).find(({ age }) => age === "5.16");
        expect(linux61).toMatchObject(askOracle(repaired, { tableChunk, kernel: LINUX_6_1 }));
        // The check of the patched source is the check of the patched bytes.
        expect((await checkBytes(repaired)).report.kernel).toMatchObject(predicted);
      }
      const last = levelOf(facts, "surgical");
      const surgical = repairedBytes(bytes, last);
      // Who is left in doubt beside others may be settled once those are gone.
      if (!surgical || (last.table?.leftShared ?? 0) > 0) return;
      for (const { obstacle } of (await planBytes(surgical)).levels) {
        expect(NOTHING).toContain(obstacle);
      }
    }),
    // An area wiped down to the header's bytes with another behind it; a table that is also in chunk 0.
    { numRuns: 60, examples: [[1_099_524_661], [3_180_451_652]] },
  );
});

test("any bytes at all: a plan, and only patches that lie in the image", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 40 * 512, size: "max" }), async (bytes) => {
      if (bytes.length === 0) return;
      for (const { patches } of (await planBytes(bytes)).levels) {
        for (const { offset, bytes: after, before } of patches) {
          expect(offset + after.length).toBeLessThanOrEqual(bytes.length);
          expect(bytes.subarray(offset, offset + before.length)).toEqual(before);
        }
      }
    }),
    { numRuns: 60 },
  );
});
