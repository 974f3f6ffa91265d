import { describe, expect, test } from "vitest";
import { checkBytes } from "./check-bytes.ts";
import { sha256 } from "./digest.ts";
import { bootedBytes, bootedOrigin, bootedRows } from "./kernel-rows.ts";
import { askOracle, LINUX_6_1, LINUX_NEWEST, type OracleKernel } from "./oracle.ts";
import { snapshotOf } from "./read-snapshot.ts";
import { recordedOutcome } from "./recorded-outcome.ts";

/** As their sources say; the oracle knows nothing of the table of ages. */
const ORACLE: Record<string, OracleKernel> = {
  "5.10.262": { ...LINUX_6_1, tableErrno: false },
  "6.12.117": LINUX_NEWEST,
};

const ROWS = bootedRows();

describe.each(Object.keys(ORACLE))("Linux %s", (kernel) => {
  const own = ROWS.filter((row) => row.kernel === kernel);

  test("every image is the one that the kernel was given", () => {
    expect(own.length).toBeGreaterThan(230);
    for (const row of own) {
      expect(sha256(bootedBytes(row))).toBe(row.sha256);
    }
  });

  test("check and the oracle say what it said", async () => {
    for (const row of own) {
      const { tableChunk, blockSize, originSectors } = row;
      const bytes = bootedBytes(row);
      const expected = recordedOutcome(row);
      const options = { tableChunk, blockSize, originSectors: BigInt(originSectors), kernel };
      const { writes: _, merge: _m, ...outcome } = (await checkBytes(bytes, options)).report.kernel;
      expect(outcome, `${row.id} (${row.family})`).toEqual(expected);
      const asked = { tableChunk, blockSize, originSectors, kernel: ORACLE[kernel] };
      const { writes: _w, ...oracle } = askOracle(bytes, asked);
      expect(oracle, `oracle, ${row.id} (${row.family})`).toEqual(expected);
    }
  }, 120_000);

  test("snapshot reads what it read", async () => {
    let read = 0;
    for (const row of own) {
      if (row.sha256Snapshot === null) continue;
      const { tableChunk, blockSize } = row;
      const report = await snapshotOf(bootedBytes(row), bootedOrigin(row), {
        tableChunk,
        blockSize,
        kernel,
      });
      expect(report, `${row.id} (${row.family})`).toMatchObject({
        sha256: row.sha256Snapshot,
        unreadableChunks: row.unreadableChunks,
        chunkBytes: row.readChunkBytes,
      });
      read++;
    }
    expect(read).toBeGreaterThan(100);
  }, 120_000);
});
