import { checkToTheEnd } from "../src/engine/check/check.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { loadCore } from "../testing/check-bytes.ts";

const WARM_UP = 3;

/**
 * Checks the same store through each source in turn, so that all meet the same noise, and prints
 * the processor's time: ratios within a round, to the first of them.
 */
export async function checkInTurn(
  sources: readonly [name: string, source: BlockSource][],
  exceptions: number,
  rounds: number,
): Promise<void> {
  const compiled = await loadCore();
  const times = sources.map((): number[] => []);
  for (let round = 0; round < WARM_UP + rounds; round++) {
    for (const [i, [, source]] of turned([...sources.entries()], round)) {
      const start = process.cpuUsage();
      const { facts } = await checkToTheEnd(compiled, source, DEFAULT_OPTIONS, false);
      const { user, system } = process.cpuUsage(start);
      if (facts.exceptions !== BigInt(exceptions)) throw new Error("miscounted");
      if (round >= WARM_UP) times[i]?.push((user + system) / 1000);
    }
  }
  console.log(`check of ${exceptions} exceptions, ${rounds} rounds in turn: ms of the processor`);
  for (const [i, [name]] of sources.entries()) {
    const own = times[i] ?? [];
    const ratios = own.map((ms, round) => ms / (times[0]?.[round] ?? ms));
    console.log(
      `  ${name.padEnd(34)} ${median(own).toFixed(1)} ms, ratio ${median(ratios).toFixed(2)}`,
    );
  }
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Each round begins with another, so that none always comes first. */
function turned<T>(items: T[], by: number): T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
