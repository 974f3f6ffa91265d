import { describe, expect, test } from "vitest";
import { FIXTURES, type Fixture, fixture, fixtureBytes, originBytes } from "./fixtures.ts";
import { levelOf, planBytes, readByOracle, repairedBytes, wrongSectors } from "./repair.ts";

/**
 * Stores that the race really left behind. `.repaired` is the table put back by hand, `.rebuilt` the
 * one rebuilt from data that name their own place: the most that any repair could give.
 */
const raced = FIXTURES.filter(({ source, id }) => source === "race" && !id.includes("."));
const beside = (id: string, what: string): Fixture | undefined =>
  FIXTURES.find((row) => row.id === `${id}.${what}`);

/** The exceptions of a store with one area, as they stand. */
function tableOf(bytes: Uint8Array): [bigint, bigint][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const chunkBytes = view.getUint32(12, true) * 512;
  const table: [bigint, bigint][] = [];
  for (let at = chunkBytes; at < 2 * chunkBytes; at += 16) {
    const chunk = view.getBigUint64(at + 8, true);
    if (chunk === 0n) break;
    table.push([view.getBigUint64(at, true), chunk]);
  }
  return table;
}

async function repair(row: Fixture, originSectors: bigint | null = null) {
  const bytes = fixtureBytes(row);
  const facts = await planBytes(bytes, { originSectors });
  const level = levelOf(facts, "surgical");
  return { facts, level, bytes: repairedBytes(bytes, level) };
}

describe("reads at least what the table put back by hand reads", () => {
  const byHand = raced.flatMap((row) => {
    const repaired = beside(row.id, "repaired");
    return repaired ? [[row.id, row, repaired] as const] : [];
  });

  test.each(byHand)("%s", async (id, row, repaired) => {
    const origin = originBytes(repaired);
    const most = beside(id, "rebuilt") ?? repaired;
    const truth = readByOracle(fixtureBytes(most), origin);
    if (!truth) throw new Error(`${most.id} does not activate`);
    const ours = wrongSectors(
      readByOracle((await repair(row)).bytes ?? new Uint8Array(512), origin),
      truth,
    );
    const theirs = wrongSectors(readByOracle(fixtureBytes(repaired), origin), truth);
    expect(ours).toBeLessThanOrEqual(theirs);
  });

  test("an old_chunk that is the magic itself is one where the origin is that large", async () => {
    const [row, repaired] = [fixture("r7-old-is-magic-c8"), fixture("r7-old-is-magic-c8.repaired")];
    const { bytes } = await repair(row, 15_200_000_000n);
    expect(tableOf(bytes ?? new Uint8Array(512)).sort()).toEqual(
      tableOf(fixtureBytes(repaired)).sort(),
    );
    // Of a small origin it is half a header: its data chunk is then named as lost.
    const { level } = await repair(row, 512n);
    expect(level.table?.lost.cow).toEqual([[2n, 2n]]);
  });
});

describe("every chunk is either back or named as lost", () => {
  const known = raced.flatMap((row) => {
    const rebuilt = beside(row.id, "rebuilt");
    return rebuilt ? [[row.id, row, rebuilt] as const] : [];
  });

  test.each(known)("%s", async (_, row, rebuilt) => {
    const { level, bytes } = await repair(row);
    const back = new Map(tableOf(bytes ?? new Uint8Array(512)));
    const named = new Set<bigint>();
    for (const [first, last] of level.table?.lost.cow ?? []) {
      for (let chunk = first; chunk <= last; chunk++) named.add(chunk);
    }
    for (const [old, chunk] of tableOf(fixtureBytes(rebuilt))) {
      expect([back.get(old) === chunk, named.has(chunk)], `${old} → ${chunk}`).toEqual(
        back.has(old) ? [true, false] : [false, true],
      );
      named.delete(chunk);
    }
    expect([...named]).toEqual([]);
  });
});

test("what raced unforced can be booted and read without the header in its area", async () => {
  const natural = raced.filter(({ id }) => id.startsWith("stat-"));
  expect(natural).toHaveLength(8);
  for (const row of natural) {
    const { level, bytes, facts } = await repair(row);
    expect(facts.invalidated).toBe("race");
    expect(level.table?.droppedHeader).toBe(1);
    expect(tableOf(bytes ?? new Uint8Array(512))).toEqual([]);
  }
});
