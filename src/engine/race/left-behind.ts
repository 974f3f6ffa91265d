import { failure, type Problem, type Result, success } from "../../protocol/problem.ts";
import {
  type ChunkPair,
  type LeftChunk,
  RACE_LIMITS,
  type RaceParams,
} from "../../protocol/race.ts";
import { parseRaceParams } from "../../protocol/race-params.ts";
import { type Core, getBytes } from "../core.ts";
import { places, startMachine, threadNumber } from "./machine.ts";

/**
 * The chunks of the COW device as a schedule leaves them: the header's and those of the areas that
 * C can write, byte for byte.
 * @param firstArea the area of the store that the model's area 0 stands for.
 */
export function leftBehind(
  core: Core,
  params: RaceParams,
  schedule: string,
  oldEntries: readonly ChunkPair[] | null,
  firstArea: number,
): Result<LeftChunk[]> {
  const chunkBytes = params.entriesPerArea * core.EXCEPTION_BYTES.value;
  if (chunkBytes !== params.chunkSize * 512) return failure(otherChunk(params, core));
  const tooLong = replayProblem(params);
  if (tooLong) return failure(tooLong);

  startMachine(core, params, oldEntries);
  for (const thread of schedule) core.race_step(threadNumber(thread === "I" ? "I" : "C"));
  const left = places(core).flatMap(({ kind, area }, place): LeftChunk[] => {
    if (kind === "buffer") return [];
    const bytes = getBytes(core, core.place_bytes(place), chunkBytes);
    if (area === null) return [{ chunk: 0n, bytes, what: "header", area }];
    const chunk = core.area_location(BigInt(firstArea + area), params.entriesPerArea);
    return [{ chunk, bytes, what: "area", area: firstArea + area }];
  });
  return success(left);
}

/** Why a replay of these parameters is refused, null if it is not. */
export function replayProblem(params: RaceParams): Problem | null {
  const judged = parseRaceParams(params);
  return judged.ok ? bufferProblem(params) : judged.problem;
}

/** Why whole buffers of so many entries are not replayed, null if they are. */
export function bufferProblem({
  entriesPerArea,
}: Pick<RaceParams, "entriesPerArea">): Problem | null {
  const most = RACE_LIMITS.replayEntriesPerArea;
  if (entriesPerArea <= most) return null;
  return {
    code: "race.too-large",
    message: "A replay holds whole buffers, and these are too long for it",
    where: "entriesPerArea",
    expected: `at most ${most} (chunks of 1 MiB)`,
    found: String(entriesPerArea),
    todo: "Take a smaller chunk: the race is the same with it",
  };
}

function otherChunk(params: RaceParams, core: Core): Problem {
  return {
    code: "race.image",
    message: "A store can only be written if the entries of an area fill its chunk",
    where: "entriesPerArea",
    expected: `${core.exceptions_per_area(params.chunkSize)} for chunks of ${params.chunkSize} sectors`,
    found: String(params.entriesPerArea),
    todo: "Change entriesPerArea or chunkSize",
  };
}
