import type { AllocBuffer, AllocFailure, AllocVariant } from "../../protocol/alloc-area.ts";
import { failure, type Result, success } from "../../protocol/problem.ts";
import type {
  BackwardsAnswer,
  BackwardsQuestion,
  ChunkPair,
  HeaderWords,
  LeftChunk,
  RaceEnding,
  RaceExploration,
  RaceFate,
  RaceParams,
  RaceProgress,
  RaceReplay,
  RaceWitness,
} from "../../protocol/race.ts";
import { parseRaceParams } from "../../protocol/race-params.ts";
import type { Retraced, RetraceQuestion } from "../../protocol/retrace.ts";
import { type Core, makeCore } from "../core.ts";
import { allocArea } from "./alloc-area.ts";
import { backwards } from "./backwards.ts";
import { explore } from "./explore.ts";
import { leftBehind, replayProblem } from "./left-behind.ts";
import { fate, progress } from "./progress.ts";
import { replay } from "./replay.ts";
import { retrace } from "./retrace.ts";
import { witness } from "./witness.ts";

/**
 * The race model over one instance of the core, its own: what is explored stays in that instance's
 * memory, and goes on being asked until other parameters are.
 */
export class Race {
  private explored: { key: string; exploration: RaceExploration } | null = null;

  constructor(private readonly core: Core) {}

  static async load(compiled: WebAssembly.Module): Promise<Race> {
    return new Race(await makeCore(compiled));
  }

  /** Every interleaving, counted. */
  explore(params: RaceParams): Result<RaceExploration> {
    const key = keyOf(params);
    if (this.explored?.key === key) return success(this.explored.exploration);
    const judged = parseRaceParams(params);
    if (!judged.ok) return judged;
    this.explored = null;
    const result = explore(this.core, params);
    if (result.ok) this.explored = { key, exploration: result.value };
    return result;
  }

  /** The schedule with the fewest switches that ends so; null if none does. */
  witness(params: RaceParams, ending: RaceEnding): Result<RaceWitness | null> {
    return this.after(params, () => {
      const found = witness(this.core, ending);
      return found && { ending, ...found };
    });
  }

  /** The same for one exact header. */
  headerWitness(params: RaceParams, header: HeaderWords): Result<string | null> {
    return this.after(params, () => witness(this.core, header)?.schedule ?? null);
  }

  progress(params: RaceParams, ending: RaceEnding): Result<RaceProgress> {
    return this.after(params, () => progress(this.core, ending));
  }

  fate(params: RaceParams, ending: RaceEnding, schedule: string): Result<RaceFate> {
    return this.after(params, () => fate(this.core, ending, schedule));
  }

  /** @param oldEntries entries 1 … index − 1 of the open store's area; null: invented ones. */
  replay(
    params: RaceParams,
    schedule: string,
    toTheEnd: boolean,
    oldEntries: readonly ChunkPair[] | null = null,
  ): Result<RaceReplay> {
    const problem = replayProblem(params);
    if (problem) return failure(problem);
    // The machine and the explorer share the core's programs: what was explored is gone.
    this.explored = null;
    return success(replay(this.core, params, schedule, toTheEnd, oldEntries));
  }

  leftBehind(
    params: RaceParams,
    schedule: string,
    oldEntries: readonly ChunkPair[] | null = null,
    firstArea = 0,
  ): Result<LeftChunk[]> {
    this.explored = null;
    return leftBehind(this.core, params, schedule, oldEntries, firstArea);
  }

  backwards(question: BackwardsQuestion): Result<BackwardsAnswer> {
    this.explored = null;
    return backwards(this.core, question);
  }

  /** A schedule that leaves the bytes that a store holds; null: none was found. */
  retrace(question: RetraceQuestion): Result<Retraced | null> {
    this.explored = null;
    return retrace(this.core, question);
  }

  allocArea(variant: AllocVariant, failing: AllocBuffer): AllocFailure {
    return allocArea(this.core, variant, failing);
  }

  private after<T>(params: RaceParams, ask: () => T): Result<T> {
    const explored = this.explore(params);
    return explored.ok ? success(ask()) : explored;
  }
}

function keyOf(params: RaceParams): string {
  return JSON.stringify(params, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
