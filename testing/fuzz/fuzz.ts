import { type Rng, seededRng } from "../random.ts";
import type { FuzzTarget } from "./target.ts";

/** Memory that one execution may take at most beyond all before it, in KiB. */
const MOST_KIB = 768 << 10;

/** What came of the executions of one target. */
export interface Tally {
  target: string;
  executions: number;
  /** How they ended, and how often. */
  endings: Map<string, number>;
  /** Of the processor, in milliseconds, by the execution that took most. Reported, never judged. */
  slowest: { execution: number; ms: number };
}

/** An execution that ended as none may. */
export class Find extends Error {
  constructor(target: string, seed: number, execution: number, cause: unknown) {
    const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    super(`${target}: --only ${target} --seed ${seed} --execution ${execution}\n${why}`, { cause });
  }
}

/** The randomness of one execution: it alone is replayed by its number. */
export const rngOf = (seed: number, execution: number): Rng =>
  seededRng((seed ^ Math.imul(execution + 1, 0x9e3779b1)) >>> 0);

export class Fuzzer {
  readonly tally: Tally;

  constructor(
    private readonly target: FuzzTarget,
    private readonly seed: number,
  ) {
    const { name } = target;
    this.tally = {
      target: name,
      executions: 0,
      endings: new Map(),
      slowest: { execution: 0, ms: 0 },
    };
  }

  /** @throws Find */
  async execute(execution = this.tally.executions): Promise<void> {
    const { target, seed, tally } = this;
    const before = process.resourceUsage();
    const ending = await target.run(rngOf(seed, execution)).catch((cause: unknown) => {
      throw new Find(target.name, seed, execution, cause);
    });
    const after = process.resourceUsage();
    const grown = after.maxRSS - before.maxRSS;
    if (grown > MOST_KIB) {
      throw new Find(target.name, seed, execution, `it took ${grown >> 10} MiB of memory`);
    }
    const ms = (after.userCPUTime - before.userCPUTime) / 1000;
    if (ms > tally.slowest.ms) tally.slowest = { execution, ms };
    tally.executions += 1;
    tally.endings.set(ending, (tally.endings.get(ending) ?? 0) + 1);
  }
}
