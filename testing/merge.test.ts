import { describe, expect, test } from "vitest";
import { randomStore } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import { damage, damagesFor, randomDamage } from "./damage.ts";
import { sha256 } from "./digest.ts";
import { getU32 } from "./disk.ts";
import { corpusMergeRows, labMergeRows, type MergeRow, recordedMerge } from "./merge-rows.ts";
import { mergeByOracle } from "./oracle/merge.ts";
import { oracleKernel } from "./oracle-kernels.ts";
import { seededRng } from "./random.ts";

const CORPUS = corpusMergeRows();
const LAB = labMergeRows();

type Asked = Pick<MergeRow, "cow" | "origin" | "tableChunk" | "blockSize" | "kernel">;

const mergeOf = async ({ cow, origin, tableChunk, blockSize, kernel }: Asked) => {
  const originSectors = BigInt(origin.length / 512);
  const options = { tableChunk, blockSize, originSectors, kernel };
  return (await checkBytes(cow, options)).report.kernel.merge;
};

const of = (release: string) => LAB.filter(({ kernel }) => kernel.startsWith(release));

describe.each([
  ["images of the corpus, on 6.1.192", CORPUS, 34],
  ["random stores of the kernel lab, on 6.1", of("6.1.0-"), 30],
  ["random stores of the kernel lab, on 6.12", of("6.12."), 30],
  ["random stores of the kernel lab, on 7.2", of("7.2."), 30],
  ["random stores of the kernel lab, on 5.10", of("5.10.0-"), 30],
] as const)("%s", (_, rows, count) => {
  test("there are that many", () => {
    expect(rows).toHaveLength(count);
  });

  test.each(rows.map((row) => [`${row.id} (${row.family})`, row] as const))(
    "%s ends as the kernel's merging did",
    async (_, row) => {
      const { outcome, dmesg, status } = await mergeOf(row);
      const recorded = recordedMerge(row);
      // A dead process has answered nothing else.
      if (row.crash !== null) expect(outcome).toBe(recorded.outcome);
      else expect({ outcome, dmesg, status }).toEqual(recorded);
    },
  );

  test("the oracle leaves both devices as the kernel did, and cowscope counts what is left", async () => {
    for (const row of rows) {
      const { outcome, exceptions } = await mergeOf(row);
      // One that is formatted first has no exceptions.
      if (exceptions === null || getU32(row.cow, 0) === 0) continue;
      expect(["merges", "fails"], row.id).toContain(outcome);
      const table = { chunkSectors: BigInt(row.tableChunk), blockSize: row.blockSize };
      const after = mergeByOracle(row.cow, row.origin, table, oracleKernel(row.kernel));
      expect(sha256(after.cow), row.id).toBe(row.cowSha256After);
      expect(sha256(after.origin), row.id).toBe(row.originSha256After);
      const left = (await checkBytes(after.cow, { tableChunk: row.tableChunk })).report;
      expect(left.exceptions.count, row.id).toBe(exceptions.left);
    }
  }, 60_000);
});

/** Damage that leaves a store to be merged, from a table that says strange things. */
const ABOUT_ENTRIES = /^(dup_|topbyte|new|old|append|shuffle|combo)/;

test.each(["5.10.262", "6.1.192", "6.12.117"])(
  "random damaged stores end under Linux %s as the oracle says",
  async (kernel) => {
    const rng = seededRng(2633);
    const ends: Record<string, number> = {};
    for (let done = 0; done < 150; ) {
      const store = randomStore(rng);
      if (store.bytes.length > 2 ** 19) continue;
      const names = damagesFor(store).filter((name) => ABOUT_ENTRIES.test(name));
      const { bytes } = rng.chance(0.2)
        ? randomDamage(store, rng)
        : damage(rng.pick(names), store, rng);
      done++;
      const tableChunk = store.spec.chunkSectors;
      const chunks = 2 * store.spec.exceptions.length + 20;
      const origin = new Uint8Array((chunks * tableChunk + rng.below(tableChunk)) * 512);
      const row = { cow: bytes, origin, tableChunk, blockSize: 512, kernel };
      const merge = await mergeOf(row);
      ends[merge.reason ?? merge.outcome] = (ends[merge.reason ?? merge.outcome] ?? 0) + 1;
      if (merge.outcome !== "merges" && merge.outcome !== "fails") continue;
      if (merge.exceptions === null || getU32(bytes, 0) === 0) continue;
      const table = { chunkSectors: BigInt(tableChunk), blockSize: 512 };
      const end = mergeByOracle(bytes, origin, table, oracleKernel(kernel));
      const line = end.failure === null ? [] : [`device-mapper: snapshots: ${end.failure}`];
      expect({
        status: merge.status,
        line: merge.dmesg.slice(merge.dmesg.length - line.length),
      }).toEqual({
        status: end.status,
        line,
      });
      const left = (await checkBytes(end.cow, { tableChunk })).report;
      expect(left.exceptions.count).toBe(merge.exceptions.left);
    }
    // Otherwise this test would prove little.
    const kinds = ["merges", "read-error", "write-error", "middle-of-run"];
    for (const kind of kinds) expect(ends[kind], kind).toBeGreaterThan(2);
  },
  120_000,
);
