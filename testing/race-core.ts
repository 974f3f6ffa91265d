import { readFile } from "node:fs/promises";
import { Race } from "../src/engine/race/race.ts";
import type { Result } from "../src/protocol/problem.ts";

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
