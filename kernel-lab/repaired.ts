import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { REPAIR_LEVELS, type RepairLevel, type RepairPlan } from "../src/protocol/repair.ts";
import { writeCase } from "./case-files.ts";
import { buildCase, type Case, type Plan } from "./cases.ts";
import { cowscope, optionsOf, type Prediction, parseReport } from "./prediction.ts";
import { LabError } from "./shell.ts";
import type { Base } from "./stores.ts";

/** A repaired copy to ask the kernel about, and what the plan foretold of it. */
export interface Repaired {
  asked: Case;
  planned: Prediction;
}

/**
 * The plan's case, mended by the command at a random level that is possible for it, under the table
 * line that LVM would give. @param release of the kernel that is asked
 */
export async function repairedCase(
  plan: Plan,
  made: ReadonlyMap<string, Base>,
  release: string,
  folder: string,
): Promise<Repaired> {
  for (;;) {
    const drawn = buildCase(plan, made);
    const tableChunk = drawn.base.store.spec.chunkSectors;
    const damaged = { ...drawn, tableChunk, blockSize: 512 };
    const level = plan.rng.pick(REPAIR_LEVELS);
    const mended = await repair(damaged, level, release, folder);
    if (mended === null) continue;
    const { name } = damaged.damage;
    const damage = { ...damaged.damage, name: `${name}, ${level}`, bytes: mended.bytes };
    return { asked: { ...damaged, damage }, planned: mended.planned };
  }
}

/** @returns null where that level cannot be. */
async function repair(asked: Case, level: RepairLevel, release: string, folder: string) {
  await mkdir(folder, { recursive: true });
  const { cow } = await writeCase(asked, folder);
  const args = ["repair", cow, "--level", level, ...optionsOf(asked, release)];
  const [plan] = parseReport<RepairPlan>(await cowscope(args), true).levels;
  if (!plan?.possible || !plan.after) return null;
  const out = path.join(folder, "mended.img");
  const written = await cowscope([...args, "--out", out]);
  if (written.code === 1) throw new LabError(`cowscope: ${written.stderr.trim()}`);
  const bytes = new Uint8Array(await readFile(out));
  await rm(folder, { recursive: true });
  const { kernel } = plan.after;
  const planned: Prediction = { by: "the plan", kernel, snapshot: null, merge: null };
  return { bytes, planned };
}
