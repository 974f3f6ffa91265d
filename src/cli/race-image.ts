import { checkToTheEnd } from "../engine/check/check.ts";
import { emptyImage, problemOf } from "../engine/problems.ts";
import type { Race } from "../engine/race/race.ts";
import { areaEntries, raceStart } from "../engine/race/start.ts";
import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import type { Patch } from "../protocol/patch.ts";
import { failure, type Problem, type Result, success } from "../protocol/problem.ts";
import type { ChunkPair, LeftChunk, RaceParams } from "../protocol/race.ts";
import type { BlockSource } from "../source/block-source.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { type Input, openInput } from "../source/node/open-input.ts";
import { PatchedSource } from "../source/patched-source.ts";
import { copyTo } from "../source/sink/copy.ts";
import { SinkError } from "../source/sink/sink.ts";
import { shown } from "./image-names.ts";

/**
 * Writes to `to` a copy of the store `from` as the schedule leaves it behind: the header's chunk and
 * the metadata chunks that C can write are the model's, everything else is the image's.
 */
export async function writeLeftBehind(
  compiled: WebAssembly.Module,
  race: Race,
  params: RaceParams,
  schedule: string,
  from: string,
  to: string,
  note: (sentence: string) => void,
): Promise<Result<null>> {
  let source: Input | null = null;
  try {
    source = await openInput(from);
    if (source.size === 0) return failure(emptyImage(shown(from)));
    const ground = await groundOf(compiled, source, params, note);
    if (!ground.ok) return ground;
    const { oldEntries, area } = ground.value;
    const left = race.leftBehind(params, schedule, oldEntries, area);
    if (!left.ok) return left;
    const patches = patchesOf(left.value, params, source.size, note);
    await copyTo(new PatchedSource(source, patches), FileSink.open(to, [from]));
    return success(null);
  } catch (error) {
    if (error instanceof SinkError && error.kind === "input") return failure(sameFile(to));
    return failure(problemOf(error, shown(from)));
  } finally {
    source?.close();
  }
}

/** What of the image the model stands on: its last area if that holds `index` entries, else area 0. */
async function groundOf(
  compiled: WebAssembly.Module,
  source: BlockSource,
  params: RaceParams,
  note: (sentence: string) => void,
): Promise<Result<{ area: number; oldEntries: readonly ChunkPair[] | null }>> {
  const options = { ...DEFAULT_OPTIONS, tableChunk: params.chunkSize };
  const { core, facts } = await checkToTheEnd(compiled, source, options, false);
  if (facts.chunkSize !== params.chunkSize) return failure(otherChunkSize(params, facts.chunkSize));
  const start = await raceStart(core, source, facts);
  if (start.entries.length === params.index) {
    return success({ area: start.area, oldEntries: start.entries.slice(1) });
  }
  note(
    `the image holds ${start.entries.length} exceptions in area ${start.area}, PARAMS say index ` +
      `${params.index}: the store is written as if area 0 were the last and held that many`,
  );
  const entries = await areaEntries(core, source, facts, 0, params.index);
  const enough = entries.length === params.index && entries.every(([, chunk]) => chunk !== 0n);
  return success({ area: 0, oldEntries: enough ? entries.slice(1) : null });
}

function patchesOf(
  left: readonly LeftChunk[],
  params: RaceParams,
  size: number,
  note: (sentence: string) => void,
): Patch[] {
  const chunkBytes = params.chunkSize * 512;
  return left.flatMap(({ chunk, bytes, area }) => {
    const offset = Number(chunk) * chunkBytes;
    if (offset + chunkBytes <= size) return [{ offset, bytes }];
    note(`chunk ${chunk} (area ${area}) lies beyond the end of the image and is left out`);
    return [];
  });
}

function sameFile(to: string): Problem {
  return {
    code: "race.image",
    message: "--out names the image itself, and cowscope never writes to an image",
    where: to,
    expected: "another file",
    found: to,
    todo: "Give another name",
  };
}

function otherChunkSize(params: RaceParams, found: number): Problem {
  return {
    code: "race.image",
    message: "The image has another chunk size than PARAMS",
    where: "chunkSize",
    expected: `${params.chunkSize} sectors`,
    found: `${found} sectors`,
    todo: "Change chunkSize and entriesPerArea to the image's",
  };
}
