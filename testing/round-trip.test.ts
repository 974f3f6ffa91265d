import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import { createStoreService } from "../src/worker/store-service.ts";
import { built, fullAreas, randomStore } from "./allocation.ts";
import { loadCore } from "./check-bytes.ts";
import { entriesPerArea } from "./disk.ts";
import { seededRng } from "./random.ts";
import type { BuiltStore } from "./store-builder.ts";

/** What the page would show of the store: its areas and every row of its table. */
async function readBack({ bytes }: BuiltStore) {
  const service = createStoreService(loadCore);
  const image = new Blob([new Uint8Array(bytes)]);
  const opened = await service.open(image, "built.img", DEFAULT_OPTIONS, () => {});
  if (!opened.ok) throw new Error(opened.problem.message);
  const { handle, report, rowCount } = opened.value;
  const rows = await service.rows(handle, 0, rowCount);
  if (!rows.ok) throw new Error(rows.problem.message);
  const words = rows.value;
  const table = Array.from({ length: rowCount }, (_, row) => ({
    old: words[2 * row],
    new: words[2 * row + 1],
  }));
  return { report, table };
}

async function expectSameTable(store: BuiltStore): Promise<void> {
  const { exceptions, chunkSectors } = store.spec;
  const full = Math.floor(exceptions.length / entriesPerArea(chunkSectors));
  const { report, table } = await readBack(store);
  expect(table).toEqual(exceptions);
  expect(report.exceptions.count).toBe(String(exceptions.length));
  expect(report.areas).toEqual({
    read: full + 1,
    full,
    exceptionsPerArea: entriesPerArea(chunkSectors),
  });
}

test("build, check: the same table", async () => {
  const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  await fc.assert(
    fc.asyncProperty(seed, async (from) => expectSameTable(randomStore(seededRng(from)))),
    { numRuns: 60 },
  );
});

test.each([1, 2, 5])("%i areas full to the last entry", async (areas) => {
  await expectSameTable(built({ chunkSectors: 1, exceptions: fullAreas(areas, 1) }));
});
