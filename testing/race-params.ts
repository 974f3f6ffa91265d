import type { ChunkPair, RaceParams } from "../src/protocol/race.ts";
import { SNAP_MAGIC } from "./disk.ts";
import type { Rng } from "./random.ts";

/** Halves of chunk numbers that meet the header's own values, and some that do not. */
const HALVES = [0, 0, 1, 2, 7, 8, 16, SNAP_MAGIC, 0xffff_ffff];

function anyPair(rng: Rng): ChunkPair {
  const chunk = () => BigInt(rng.pick(HALVES)) | (BigInt(rng.pick(HALVES)) << 32n);
  const usual = () => BigInt(rng.between(1, 300));
  return rng.chance(0.5) ? [usual(), usual()] : [chunk(), chunk()];
}

/** Any parameters, as the model allows them; small enough to be run one by one. */
export function anyRaceParams(rng: Rng): RaceParams {
  for (;;) {
    const entriesPerArea = rng.pick([1, 2, 3, 256]);
    const copies = rng.between(0, 4);
    const params: RaceParams = {
      fix: rng.chance(0.8) ? "before" : "after",
      storeBytes: rng.pick([4, 8]),
      ioCopy: rng.pick(["atomic", "words"]),
      index: rng.chance(0.5) ? entriesPerArea - 1 : rng.below(entriesPerArea),
      entriesPerArea,
      copies,
      pendingAfter: rng.pick([0, 0, 1, 3]),
      chunkSize: rng.pick([1, 8, 16, 32]),
      exceptions: Array.from({ length: copies }, () => anyPair(rng)),
      entry0: rng.chance(0.3) ? [BigInt(SNAP_MAGIC), 3n] : anyPair(rng),
    };
    if (mostSchedules(params) <= 16_000) return params;
  }
}

/** At least as many schedules as there are: as if C5 always read 1. */
export function mostSchedules(params: RaceParams): number {
  const io = params.ioCopy === "words" ? 5 : 1;
  const memset = params.storeBytes === 8 ? 3 : 5;
  const stores = params.storeBytes === 8 ? 2 : 4;
  const i = 1 + memset + 4 + io;
  let c = 0;
  for (let copy = 0; copy < params.copies; copy++) {
    const full = (params.index + copy + 1) % params.entriesPerArea === 0;
    const last = params.pendingAfter + params.copies - 1 - copy === 0;
    c += stores + 1;
    if (full || last) c += 1 + io;
    if (full) c += 1 + memset;
  }
  let ways = 1;
  for (let k = 1; k <= i; k++) ways = (ways * (c + k)) / k;
  return Math.round(ways);
}
