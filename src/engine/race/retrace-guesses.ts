import {
  type ChunkPair,
  paramsOn,
  RACE_LIMITS,
  type RaceParams,
  type RaceStart,
} from "../../protocol/race.ts";
import { dataChunk } from "../../protocol/race-defaults.ts";
import type { RetraceQuestion } from "../../protocol/retrace.ts";
import type { Core } from "../core.ts";
import { doubtsAbout } from "./backwards-doubts.ts";

/** The entries of a chunk that are not all zero, by index. */
type Entries = ReadonlyMap<number, ChunkPair>;

/**
 * Where the race can have started and what the callbacks can have stored, read off the two chunks:
 * an exception behind the header tells its index and its chunks, a header that is none tells what
 * was stored at index 0. What the bytes do not tell is invented. The likeliest come first.
 */
export function guesses(core: Core, question: RetraceQuestion): RaceParams[] {
  const { start, headerChunk, areaChunk } = question;
  const inHeader = entriesOf(core, headerChunk);
  const inArea: Entries = areaChunk === null ? new Map() : entriesOf(core, areaChunk);
  const intended = intendedHeader(core, start.chunkSize);
  const header = inHeader.get(0) ?? NOTHING;
  const behind = [...inHeader.keys()].filter((index) => index > 0);
  const last = Math.max(same(header, intended) ? -1 : 0, ...behind);
  // Where the header went over the area, its first entry is no exception that was there before.
  const before = same(inArea.get(0) ?? NOTHING, intended) ? 0 : start.entries.length;
  const indexes = new Set([before, ...behind.slice(0, 1), 0]);
  const found = [...indexes].flatMap((index) => {
    const counts = new Set([last - index + 1, 1, start.entriesPerArea - index]);
    return [...counts].filter(isCount).flatMap((copies) => {
      const params = invented(question, index, copies);
      const known = params.exceptions.map((exception, copy) =>
        filledIn(exception, inHeader.get(index + copy) ?? inArea.get(index + copy)),
      );
      const [own = NOTHING, ...others] = known;
      const firsts =
        index === 0 ? firstExceptions(params.exceptions[0] ?? own, header, intended) : [own];
      return firsts.map((first): RaceParams => ({ ...params, exceptions: [first, ...others] }));
    });
  });
  return found.filter(({ exceptions, entriesPerArea }) => {
    const whole = exceptions.map(([oldChunk, newChunk]) => ({
      old: halves(oldChunk),
      new: halves(newChunk),
    }));
    return doubtsAbout(whole, question, entriesPerArea).length === 0;
  });
}

const NOTHING: ChunkPair = [0n, 0n];
const same = (a: ChunkPair, b: ChunkPair) => a[0] === b[0] && a[1] === b[1];
const isCount = (copies: number) => copies >= 1 && copies <= RACE_LIMITS.copies;

function invented(
  { start, cowChunks }: RetraceQuestion,
  index: number,
  copies: number,
): RaceParams {
  const { entriesPerArea, nextFree } = start;
  // The header in an area names chunks that no device has, and those would be handed out after it.
  const isThere = cowChunks === null || nextFree < cowChunks;
  const before: RaceStart = {
    ...start,
    entries: start.entries.slice(0, index),
    nextFree: isThere ? nextFree : dataChunk(index, entriesPerArea),
  };
  const params = paramsOn(before, {
    fix: "before",
    storeBytes: 8,
    ioCopy: "words",
    copies,
    pendingAfter: 0,
  });
  return { ...params, index };
}

/** A new_chunk of 0 was not stored yet: no exception has it. */
const filledIn = (exception: ChunkPair, found: ChunkPair | undefined): ChunkPair =>
  found === undefined ? exception : [found[0], found[1] || exception[1]];

/** At index 0 each half is the header's where its words are foreign; I's own words may be either's. */
function firstExceptions(own: ChunkPair, header: ChunkPair, intended: ChunkPair): ChunkPair[] {
  const choices = (half: 0 | 1) =>
    header[half] === intended[half] ? [own[half], header[half]] : [header[half], own[half]];
  return choices(0).flatMap((oldChunk) =>
    choices(1).map((newChunk): ChunkPair => [oldChunk, newChunk]),
  );
}

/** What write_header means to write, as the exception that lies on the same 16 bytes. */
function intendedHeader(core: Core, chunkSize: number): ChunkPair {
  return [BigInt(core.SNAP_MAGIC.value >>> 0), 1n | (BigInt(chunkSize) << 32n)];
}

function entriesOf(core: Core, chunk: Uint8Array<ArrayBuffer>): Map<number, ChunkPair> {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const entries = new Map<number, ChunkPair>();
  const entryBytes = core.EXCEPTION_BYTES.value;
  for (let index = 0; (index + 1) * entryBytes <= chunk.length; index += 1) {
    const pair = [
      view.getBigUint64(index * entryBytes + core.EXCEPTION_OLD.value, true),
      view.getBigUint64(index * entryBytes + core.EXCEPTION_NEW.value, true),
    ] as const;
    if (!same(pair, NOTHING)) entries.set(index, pair);
  }
  return entries;
}

const halves = (chunk: bigint) => ({
  low: Number(chunk & 0xffff_ffffn),
  high: Number(chunk >> 32n),
});
