import { readFile } from "node:fs/promises";
import { Race } from "../src/engine/race/race.ts";
import type { Result } from "../src/protocol/problem.ts";
import type { RaceParams } from "../src/protocol/race.ts";
import { defaultExceptions } from "../src/protocol/race-defaults.ts";

/** A race over the core that was built last. */
export async function loadRace(): Promise<Race> {
  const bytes = await readFile(new URL("../build/core.wasm", import.meta.url));
  return Race.load(await WebAssembly.compile(bytes));
}

/** What a result holds, where a problem would be a failure of the test. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.problem.message} (${result.problem.found})`);
}

/** A 4 KiB chunk, one copy, 8-byte stores, word by word; and what a test wants otherwise. */
export function modelOf(vary: Partial<RaceParams> = {}): RaceParams {
  const { index = 0, copies = 1, entriesPerArea = 256 } = vary;
  return {
    fix: "before",
    storeBytes: 8,
    ioCopy: "words",
    index,
    entriesPerArea,
    copies,
    pendingAfter: 0,
    chunkSize: 8,
    exceptions: defaultExceptions(copies, index, entriesPerArea),
    entry0: [3n, 2n],
    ...vary,
  };
}
