import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { makeCore } from "../src/engine/core.ts";
import { checkBytes, loadCore } from "../testing/check-bytes.ts";

const WARM_UP = 50;
const CHECKS = 300;

/**
 * Checks of small stores one after the other, as a page or a folder of images makes them: under
 * every age of kernels, and all words of the report. Against making the core's memory alone.
 */
export async function benchSmallChecks(): Promise<void> {
  console.log(`check of a small store in a warm process, mean of ${CHECKS}, processor time`);
  const compiled = await loadCore();
  const base = await meanOf(() => makeCore(compiled));
  console.log(`  a core, and nothing read       ${base.toFixed(2)} ms`);
  for (const [what, file] of [
    ["40 exceptions, healthy", "stores/few-c8"],
    ["several areas", "stores/multi-c8"],
    ["left by the race", "race/r5-both-c8"],
  ] as const) {
    const bytes = new Uint8Array(gunzipSync(readFileSync(`fixtures/${file}.img.gz`)));
    const ms = await meanOf(() => checkBytes(bytes));
    console.log(`  ${what.padEnd(30)} ${ms.toFixed(2)} ms, ratio ${(ms / base).toFixed(2)}`);
  }
}

async function meanOf(run: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < WARM_UP; i++) await run();
  const start = process.cpuUsage();
  for (let i = 0; i < CHECKS; i++) await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / CHECKS;
}
