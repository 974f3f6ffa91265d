import { readFileSync } from "node:fs";
import { Race } from "../src/engine/race/race.ts";
import type { RaceParams } from "../src/protocol/race.ts";
import { defaultExceptions } from "../src/protocol/race-defaults.ts";

/** How long a recount takes while a slider moves; the counts in full, nothing asserted. */
const MODELS: [string, Partial<RaceParams>][] = [
  ["one copy at index 0", { index: 0, copies: 1 }],
  ["four copies, full at the third", { index: 253, copies: 4 }],
  ["twelve copies, full at the third", { index: 253, copies: 12 }],
  ["twelve copies, areas of one entry", { index: 0, copies: 12, entriesPerArea: 1 }],
  ["240 copies from the last entry on", { index: 255, copies: 240 }],
];
const WARM_UP = 5;
const RUNS = 15;

export async function benchRace(): Promise<void> {
  const race = await Race.load(await WebAssembly.compile(readFileSync("build/core.wasm")));
  console.log("race, 4-byte stores, word by word, before the fix (median of warm runs)");
  for (const [name, vary] of MODELS) {
    const times: number[] = [];
    let line = "";
    for (let run = 0; run < WARM_UP + RUNS; run++) {
      const params = modelOf(vary, run);
      const start = performance.now();
      const explored = race.explore(params);
      times.push(performance.now() - start);
      if (explored.ok)
        line = `${explored.value.schedules} schedules, ${explored.value.states} states`;
    }
    const warm = times.slice(WARM_UP).sort((a, b) => a - b);
    const median = warm[Math.floor(warm.length / 2)] ?? 0;
    console.log(`  ${name.padEnd(34)} ${median.toFixed(2).padStart(7)} ms  ${line}`);
  }
}

/** Each run asks for other old chunks, so that no answer is one kept from the run before. */
function modelOf(vary: Partial<RaceParams>, run: number): RaceParams {
  const { index = 0, copies = 1, entriesPerArea = 256 } = vary;
  const exceptions = defaultExceptions(copies, index, entriesPerArea);
  return {
    fix: "before",
    storeBytes: 4,
    ioCopy: "words",
    index,
    entriesPerArea,
    copies,
    pendingAfter: 0,
    chunkSize: 8,
    exceptions: exceptions.map(([old, chunk]) => [old + BigInt(run * 1000), chunk] as const),
    entry0: [3n, 2n],
    ...vary,
  };
}
