import { describe, expect, test } from "vitest";
import { FIXTURES, type Fixture, fixture, fixtureBytes, originBytes } from "./fixtures.ts";
import type { Op } from "./recipe.ts";
import { levelOf, planBytes, readByOracle, repairedBytes, wrongSectors } from "./repair.ts";

/**
 * Every damaged store of the corpus, repaired and read over the origin it was made with, against
 * what its healthy parent reads there: by the oracle, which shares nothing with the core.
 */
interface Outcome {
  row: Fixture;
  /** Of the snapshot; how many of them read wrong as it is, and after each level that is possible. */
  sectors: number;
  asItIs: number;
  salvage: number | null;
  surgical: number | null;
}

/** What the parent reads; one that the kernel invalidated is read as if it had not. */
function truthOf({ base }: Fixture, origin: Uint8Array): Uint8Array {
  const parent = fixtureBytes(fixture(base ?? "")).slice();
  parent[4] = 1;
  const read = readByOracle(parent, origin);
  if (!read) throw new Error(`${base} does not activate`);
  return read;
}

async function outcomeOf(row: Fixture): Promise<Outcome> {
  const bytes = fixtureBytes(row);
  const origin = originBytes(row);
  const truth = truthOf(row, origin);
  const facts = await planBytes(bytes, { originSectors: BigInt(origin.length / 512) });
  const wrongAfter = (level: "salvage" | "surgical") => {
    const repaired = repairedBytes(bytes, levelOf(facts, level));
    return repaired && wrongSectors(readByOracle(repaired, origin), truth);
  };
  return {
    row,
    sectors: truth.length / 512,
    asItIs: wrongSectors(readByOracle(bytes, origin), truth),
    salvage: wrongAfter("salvage"),
    surgical: wrongAfter("surgical"),
  };
}

const outcomes: Outcome[] = [];
for (const row of FIXTURES) if (row.source === "damaged") outcomes.push(await outcomeOf(row));

/** The furthest level that is possible: what somebody is left with who takes all there is. */
const inTheEnd = ({ asItIs, salvage, surgical }: Outcome): number => surgical ?? salvage ?? asItIs;

/** Stores that come back whole, in part, not at all; and why not whole. */
type Row = [whole: number, inPart: number, not: number, why?: string];
const OLD_LOST = "an old_chunk was overwritten, and nothing else holds it";
const AREA_LOST = "what the area held is nowhere else";
const CUT = "the device ends before data or areas that belong to it";
const UNSEEN = "what was changed reads like a right exception";
const BOTH = "of two exceptions for one chunk one lost its own, and nothing tells which";
const SEVERAL = "several of the damages above in one store";
const FAMILIES: Record<string, Row> = {
  control: [19, 0, 0],
  magic: [5, 0, 0],
  magic_zero_multi: [1, 0, 0],
  magic_zero_mid: [1, 0, 0],
  header16_zero: [1, 0, 0],
  header_chunk_zero: [1, 0, 0],
  valid: [4, 0, 0],
  valid_back_to_1_on_overflowed: [1, 0, 0],
  version: [3, 0, 0],
  version_and_valid: [1, 0, 0],
  hdr_chunk: [22, 0, 0],
  hdr_chunk_multi: [4, 0, 0],
  hdr_chunk_other: [4, 0, 0],
  hdr_chunk_fresh: [2, 0, 0],
  truncate: [0, 5, 6, CUT],
  truncate_before_area: [0, 9, 0, CUT],
  truncate_inside_area: [0, 9, 0, CUT],
  truncate_data: [0, 1, 0, CUT],
  truncate_last_data_chunk: [0, 1, 0, CUT],
  new_beyond: [6, 0, 0],
  new_beyond_many: [1, 0, 0],
  new_beyond_area1: [1, 0, 0],
  old_beyond: [0, 6, 0, OLD_LOST],
  dup_old: [0, 6, 0, BOTH],
  dup_old_multi: [0, 1, 0, BOTH],
  dup_old_run: [0, 1, 0, BOTH],
  dup_exact: [0, 1, 0, OLD_LOST],
  dup_exact_run: [0, 1, 0, OLD_LOST],
  dup_new: [3, 0, 0],
  new_is_area0: [4, 0, 0],
  new_is_area_n: [3, 0, 0],
  zero_entry: [0, 7, 0, OLD_LOST],
  new0_old_nonzero: [0, 3, 0, OLD_LOST],
  old0_new_nonzero: [0, 1, 0, UNSEEN],
  after_end: [1, 0, 0],
  append: [0, 1, 0, UNSEEN],
  next_area_noise: [2, 0, 0],
  next_area_noise_prefix: [2, 0, 0],
  next_area_ff: [2, 0, 0],
  next_area_stale: [2, 0, 0],
  next_area_selfcopy: [2, 0, 0],
  area1_zero: [0, 1, 0, AREA_LOST],
  area1_noise: [0, 1, 0, AREA_LOST],
  area0_zero: [0, 1, 0, AREA_LOST],
  areas_swapped: [0, 1, 0, AREA_LOST],
  hdr_noise_beyond16: [6, 0, 0],
  hdr_exceptions_beyond16: [1, 0, 0],
  area_noise: [4, 4, 0, OLD_LOST],
  area_noise_all: [0, 2, 0, AREA_LOST],
  area_tail_noise: [1, 0, 0],
  bitflip_area: [2, 2, 0, OLD_LOST],
  bitflip_header: [5, 0, 0],
  hdr_on_exc0: [0, 5, 0, OLD_LOST],
  hdr_on_exc0_area1: [0, 1, 0, OLD_LOST],
  area0_is_header_rest_zero: [0, 1, 0, AREA_LOST],
  area0_is_header_plus_last: [0, 1, 0, AREA_LOST],
  area0_is_header_plus_last_valid1: [0, 1, 0, AREA_LOST],
  exc_on_header: [3, 0, 0],
  exc_on_header_old0: [1, 0, 0],
  exc_on_header_old_is_magic: [1, 0, 0],
  area_on_header: [1, 0, 0],
  area_on_header_swap: [1, 0, 0],
  torn_ver_chunk_from_exc: [3, 0, 0],
  torn_chunk0: [3, 0, 0],
  torn_magic_valid_from_exc: [1, 0, 0],
  torn_new1: [1, 0, 0],
  torn_new_1_8: [1, 0, 0],
  hdr_sector_only: [1, 0, 0],
  hdr_shift512: [1, 0, 0],
  hdr_be: [1, 0, 0],
  exc_be: [0, 1, 0, OLD_LOST],
  exc_swapped_fields: [0, 1, 0, UNSEEN],
  topbyte: [6, 0, 0],
  topbyte_ff: [1, 0, 0],
  combo: [9, 21, 0, SEVERAL],
  shuffle_area0: [3, 0, 0],
  extended: [1, 0, 0],
  extended_odd: [1, 0, 0],
  combo2: [14, 115, 0, SEVERAL],
};

test("per family: how many come back whole, in part, not at all", () => {
  const counted: Record<string, number[]> = {};
  for (const outcome of outcomes) {
    const { family } = outcome.row;
    const counts = counted[family] ?? [0, 0, 0];
    counted[family] = counts;
    const wrong = inTheEnd(outcome);
    const column = wrong === 0 ? 0 : wrong < outcome.sectors ? 1 : 2;
    counts[column] = (counts[column] ?? 0) + 1;
  }
  const expected = Object.entries(FAMILIES).map(([family, row]) => [family, row.slice(0, 3)]);
  expect(counted).toEqual(Object.fromEntries(expected));
  for (const [family, [, inPart, not, why]] of Object.entries(FAMILIES)) {
    expect(why === undefined, family).toBe(inPart + not === 0);
  }
});

test("none reads worse than before, by salvage or by surgical", () => {
  const worse = outcomes.filter(
    ({ asItIs, salvage, surgical }) =>
      (salvage ?? 0) > asItIs || (surgical ?? 0) > Math.min(asItIs, salvage ?? asItIs),
  );
  expect(worse.map(({ row }) => row.id)).toEqual([]);
});

describe("damage in chunk 0 alone", () => {
  const chunkBytes = (row: Fixture) =>
    new DataView(fixtureBytes(fixture(row.base ?? "")).buffer).getUint32(12, true) * 512;
  const endOf = (op: Op): number => {
    switch (op.op) {
      case "write":
        return op.off + op.hex.length / 2;
      case "zero":
      case "noise":
        return op.off + op.len;
      case "copy":
        return op.dst + op.len;
      default:
        return Number.POSITIVE_INFINITY;
    }
  };
  const inHeader = outcomes.filter(
    ({ row }) =>
      (row.recipe ?? []).length > 0 &&
      (row.recipe ?? []).every((op) => endOf(op) <= chunkBytes(row)),
  );

  test("there are more than 80 such stores", () => {
    expect(inHeader.length).toBeGreaterThan(80);
  });

  test.each(inHeader.map((outcome) => [outcome.row.id, outcome] as const))(
    "%s comes back whole by a right header alone",
    (_, { asItIs, salvage, surgical }) => {
      expect(salvage ?? asItIs).toBe(0);
      expect(surgical ?? 0).toBe(0);
    },
  );
});
