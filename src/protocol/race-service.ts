import type { AllocFailure } from "./alloc-area.ts";
import type { Result } from "./problem.ts";
import type {
  BackwardsAnswer,
  BackwardsQuestion,
  ChunkPair,
  LeftChunk,
  RaceEnding,
  RaceExploration,
  RaceFate,
  RaceParams,
  RaceProgress,
  RaceReplay,
  RaceWitness,
} from "./race.ts";
import type { Retraced, RetraceQuestion } from "./retrace.ts";

/** What the worker does for the replay and exploration views. No file is open here, none is read. */
export interface RaceService {
  explore(params: RaceParams): Promise<Result<RaceExploration>>;
  /** The fewest switches; null: no schedule ends so. */
  witness(params: RaceParams, ending: RaceEnding): Promise<Result<RaceWitness | null>>;
  progress(params: RaceParams, ending: RaceEnding): Promise<Result<RaceProgress>>;
  fate(params: RaceParams, ending: RaceEnding, schedule: string): Promise<Result<RaceFate>>;
  /**
   * Letters of a thread that has ended are passed over; `toTheEnd` lets C, then I, do what is left.
   * @param oldEntries entries 1 … index − 1 of the open store's area; null: invented ones.
   */
  replay(
    params: RaceParams,
    schedule: string,
    toTheEnd: boolean,
    oldEntries: readonly ChunkPair[] | null,
  ): Promise<Result<RaceReplay>>;
  /** @param firstArea the store's area that the model calls area 0. */
  leftBehind(
    params: RaceParams,
    schedule: string,
    oldEntries: readonly ChunkPair[] | null,
    firstArea: number,
  ): Promise<Result<LeftChunk[]>>;
  /** A schedule that leaves the bytes that a store holds; null: none was found. */
  retrace(question: RetraceQuestion): Promise<Result<Retraced | null>>;
  backwards(question: BackwardsQuestion): Promise<Result<BackwardsAnswer>>;
  /** Every variant with every failing allocation. */
  allocArea(): Promise<AllocFailure[]>;
}
