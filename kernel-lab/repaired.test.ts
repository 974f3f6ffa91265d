import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { planCase } from "./cases.ts";
import { oraclePrediction } from "./prediction.ts";
import { repairedCase } from "./repaired.ts";

const LINUX = "6.1.192";
const folder = mkdtempSync(path.join(tmpdir(), "cowscope-mended-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a mended store activates, as the plan and the oracle say alike", async () => {
  const plans = Array.from({ length: 20 }, (_, index) => planCase(7, index + 1));
  const built = plans.filter(({ shape }) => shape === null);
  expect(built.length).toBeGreaterThan(3);
  for (const plan of built) {
    const { asked, planned } = await repairedCase(plan, new Map(), LINUX, path.join(folder, "one"));
    const { kernel } = oraclePrediction(asked, LINUX);
    expect(kernel.activates).toBe(true);
    expect(planned.kernel).toMatchObject(kernel);
  }
});
