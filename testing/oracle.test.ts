import { describe, expect, test } from "vitest";
import { consecutive } from "./allocation.ts";
import { CASES, fixtureBytes } from "./fixtures.ts";
import { askOracle } from "./oracle.ts";
import { recordedOutcome } from "./recorded-outcome.ts";
import { buildStore } from "./store-builder.ts";

describe("the oracle says what Linux 6.1 said", () => {
  test.each(CASES)("$name", ({ fixture, verdict }) => {
    const { writes, ...outcome } = askOracle(fixtureBytes(fixture), verdict);
    expect(outcome).toEqual(recordedOutcome(verdict));
    // The kernel writes whole chunks; a sector that already held the same bytes shows no change.
    expect(writes.length > 0).toBe(verdict.modifiedSectors.length > 0);
    for (const [first, last] of verdict.modifiedSectors) {
      for (let sector = first; sector <= last; sector++) {
        const written = writes.some(
          (write) =>
            sector >= Number(write.sector) && sector < Number(write.sector) + Number(write.sectors),
        );
        expect(written, `sector ${sector}`).toBe(true);
      }
    }
  });
});

// What no fixture shows, read off the source alone.
describe("dm_exception_store_set_chunk_size", () => {
  const store = (headerChunkSize: number) =>
    buildStore({ chunkSectors: 8, exceptions: [], headerChunkSize });

  test("a chunk smaller than the device's block", () => {
    const { errno, dmesg } = askOracle(store(4), { tableChunk: 8, blockSize: 4096 });
    expect(errno).toBe("EINVAL");
    expect(dmesg[1]).toBe(
      "device-mapper: persistent snapshot: invalid on-disk chunk size 4: Chunk size is not a multiple of device blocksize.",
    );
  });

  test("the same size in the table as in the header is not looked at again", () => {
    expect(askOracle(store(8), { tableChunk: 8, blockSize: 4096 }).activates).toBe(true);
  });

  test("a table chunk size that the kernel does not take", () => {
    expect(askOracle(store(8), { tableChunk: 7 })).toMatchObject({
      errno: "EINVAL",
      dmesg: [
        "device-mapper: table: MAJ:MIN: snapshot: Couldn't create exception store (-EINVAL)",
        "device-mapper: ioctl: error adding target to table",
      ],
    });
  });

  test("without a table chunk size the block size counts if it is larger than 16 KiB", () => {
    const chunkSectors = 64;
    const bytes = buildStore({ chunkSectors, exceptions: consecutive(0n, 3, chunkSectors) });
    expect(askOracle(bytes, { tableChunk: 0, blockSize: 32768 }).status).toBe("320/320 128");
  });
});

test("an image shorter than one sector is an I/O error", () => {
  expect(askOracle(new Uint8Array(100), { tableChunk: 8 }).dmsetup).toBe("Input/output error");
});
