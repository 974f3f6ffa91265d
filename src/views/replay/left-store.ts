import type { ReplayLink } from "../../address/replay-link.ts";
import type { RaceAsker } from "../../client/race-client.ts";
import { failure, type Result, success } from "../../protocol/problem.ts";
import type { ChunkPair, LeftChunk, RaceParams } from "../../protocol/race.ts";
import type { DeskProps } from "./desk-props.ts";

export interface LeftStore {
  name: string;
  blob: Blob;
  /** What the person should know of it; null: nothing. */
  note: string | null;
}

/** A store made from nothing is no larger than this; data chunks beyond it are left out. */
const MOST_INVENTED_BYTES = 64 << 20;

/**
 * The COW device as a schedule leaves it behind: a copy of the open image with the header's chunk
 * and the area's replaced, or a small store of its own.
 */
export async function leftStore(
  {
    race,
    reader,
    store,
    start,
  }: Omit<DeskProps, "race" | "retraced"> & { race: Pick<RaceAsker, "leftBehind"> },
  { params, schedule }: ReplayLink,
  oldEntries: readonly ChunkPair[] | null,
): Promise<Result<LeftStore>> {
  const onImage =
    start?.chunkSize === params.chunkSize && start.entriesPerArea === params.entriesPerArea;
  const left = await race.leftBehind(params, schedule, oldEntries, onImage ? start.area : 0);
  if (!left.ok) return failure(left.problem);
  const chunkBytes = params.chunkSize * 512;
  const patches = left.value.map(({ chunk, bytes }) => ({
    offset: Number(chunk) * chunkBytes,
    bytes,
  }));
  if (!onImage || reader === null || store === null) {
    const blob = inventedStore(left.value, params, oldEntries);
    const note = store && "The open image has other chunks: this is a store of its own.";
    return success({ name: "left-by-the-race.img", blob, note });
  }
  const { name, bytes } = store.report.image;
  const beyond = patches.some((patch) => patch.offset + chunkBytes > Number(bytes));
  const note = beyond ? "A chunk beyond the image’s end is left out." : null;
  const blob = reader.patched(patches);
  if (blob === null) {
    return success({
      name: "left-by-the-race.img",
      blob: inventedStore(left.value, params, oldEntries),
      note: "The open store lies packed inside a disk, or on a server: this is a store of its own.",
    });
  }
  return success({ name: `left-by-the-race-${name}`, blob, note });
}

/** The metadata chunks that were left, and zeros for the data that the exceptions point to. */
function inventedStore(
  left: readonly LeftChunk[],
  params: RaceParams,
  oldEntries: readonly ChunkPair[] | null,
): Blob {
  const chunkBytes = params.chunkSize * 512;
  const most = BigInt(Math.floor(MOST_INVENTED_BYTES / chunkBytes));
  const pairs = [...params.exceptions, params.entry0, ...(oldEntries ?? [])];
  const wanted = [
    ...pairs.map(([, chunk]) => chunk).filter((chunk) => chunk < most),
    BigInt(params.index + params.copies + 2),
    ...left.map(({ chunk }) => chunk),
  ];
  const last = Number(wanted.reduce((a, b) => (a > b ? a : b), 0n));
  const byChunk = new Map(left.map(({ chunk, bytes }) => [Number(chunk), bytes]));
  const zeros = new Uint8Array(chunkBytes);
  const parts = Array.from({ length: last + 1 }, (_, chunk) => byChunk.get(chunk) ?? zeros);
  return new Blob(parts, { type: "application/octet-stream" });
}
