import { expect, test } from "vitest";
import { PLAUSIBLE, rankChunkSizes } from "../src/engine/check/infer-chunk-size.ts";
import { makeCore, NONE } from "../src/engine/core.ts";
import type { ChunkSizeGuess } from "../src/protocol/facts.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { loadCore } from "./check-bytes.ts";
import {
  chunkBytes,
  entriesPerArea,
  entryOffset,
  getU32,
  getU64,
  HEADER,
  SNAP_MAGIC,
} from "./disk.ts";
import { FIXTURES, type Fixture, fixtureBytes } from "./fixtures.ts";

const core = loadCore();
const LEAST = 4;

/** The chunk size that a store was made with, in sectors; 0 where nothing says it any more. */
function madeWith(fixture: Fixture): number {
  // What a damaged store's header says can be the damage; its base's is right.
  const made = FIXTURES.find(({ id }) => id === fixture.base) ?? fixture;
  const bytes = fixtureBytes(made);
  if (bytes.length < HEADER.length || getU32(bytes, HEADER.magic) !== SNAP_MAGIC) return 0;
  const size = getU32(bytes, HEADER.chunkSize);
  return size > 0 && Number.isInteger(Math.log2(size)) ? size : 0;
}

/** Entries of area 0 before its end, where the image is long enough to hold it. */
function entries(bytes: Uint8Array, chunkSectors: number): number {
  if (bytes.length < 2 * chunkBytes(chunkSectors)) return 0;
  for (let index = 0; index < entriesPerArea(chunkSectors); index++) {
    if (getU64(bytes, entryOffset(index, chunkSectors) + 8) === 0n) return index;
  }
  return entriesPerArea(chunkSectors);
}

/** Every chunk size, best first, once the header chunk is zeros. */
async function ranked(bytes: Uint8Array, chunkSectors: number): Promise<ChunkSizeGuess[]> {
  const headless = bytes.slice().fill(0, 0, chunkBytes(chunkSectors));
  const instance = await makeCore(await core);
  instance.describe(BigInt(headless.length / 512), NONE, 512, 0);
  return rankChunkSizes(instance, new BytesSource(headless));
}

interface Candidate {
  fixture: Fixture;
  chunkSectors: number;
}

function candidates(fixtures: readonly Fixture[]): Candidate[] {
  return fixtures.flatMap((fixture) => {
    const chunkSectors = madeWith(fixture);
    return chunkSectors > 0 && entries(fixtureBytes(fixture), chunkSectors) >= LEAST
      ? [{ fixture, chunkSectors }]
      : [];
  });
}

async function missed(all: readonly Candidate[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { fixture, chunkSectors } of all) {
    const [best] = await ranked(fixtureBytes(fixture), chunkSectors);
    if (best?.sectors !== chunkSectors) wrong.push(`${fixture.id} (${fixture.family})`);
  }
  return wrong;
}

const made = candidates(FIXTURES.filter(({ source }) => source === "store" || source === "race"));
const damaged = candidates(FIXTURES.filter(({ source }) => source === "damaged"));

/** Areas of nothing but noise, and one with the bytes of every number the wrong way round. */
const BEYOND_TELLING = ["area_noise_all", "exc_be"];
const isBeyond = ({ fixture }: Candidate) => BEYOND_TELLING.includes(fixture.family);
const tellable = damaged.filter((candidate) => !isBeyond(candidate));

test(`without its header chunk, each of ${made.length} stores has its chunk size first`, async () => {
  expect(made.length).toBe(64);
  expect(await missed(made)).toEqual([]);
});

test(`the same of ${tellable.length} of ${damaged.length} damaged stores`, async () => {
  expect([tellable.length, damaged.length]).toEqual([357, 360]);
  expect(await missed(tellable)).toEqual([]);
});

test("what cannot be told is not taken for sure", async () => {
  for (const { fixture, chunkSectors } of damaged.filter(isBeyond)) {
    const guesses = await ranked(fixtureBytes(fixture), chunkSectors);
    expect(guesses[0]?.score, fixture.id).toBeLessThan(PLAUSIBLE);
  }
});
