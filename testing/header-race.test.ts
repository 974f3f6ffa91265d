import { expect, test } from "vitest";
import type { RaceParams } from "../src/protocol/race.ts";
import { consecutive } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import { headerBytes, SNAP_MAGIC } from "./disk.ts";
import { loadRace, modelOf, unwrap } from "./race-core.ts";
import { buildStore } from "./store-builder.ts";

const chunkSectors = 1;
const ENTRIES = 32;
const race = await loadRace();

const MODELS: Partial<RaceParams>[] = [0, 5, ENTRIES - 1].flatMap((index) =>
  [1, 2].flatMap((copies) =>
    ([4, 8] as const).flatMap((storeBytes) =>
      (["atomic", "words"] as const).map((ioCopy) => ({ index, copies, storeBytes, ioCopy })),
    ),
  ),
);

const headersOf = (vary: Partial<RaceParams>) =>
  unwrap(race.explore(modelOf({ ...vary, chunkSize: chunkSectors, entriesPerArea: ENTRIES })))
    .headers;

/** A store that filled its area up to the index, with its header as the race left it. */
async function codesBehind(index: number, header: readonly number[]): Promise<string[]> {
  const exceptions = consecutive(40n, index, chunkSectors);
  const bytes = buildStore({ chunkSectors, exceptions, cowSectors: ENTRIES + 8 });
  // The data of the copy that finished: its exception never reached the area.
  bytes.fill(0xda, (index + 2) * 512, (index + 3) * 512);
  const [magic = 0, valid = 0, version = 0, size = 0] = header;
  bytes.set(headerBytes(magic, valid, version, size));
  const { report } = await checkBytes(bytes, { tableChunk: chunkSectors });
  return report.findings.map(({ code }) => code).filter((code) => code.startsWith("race.header."));
}

const INTACT = [SNAP_MAGIC, 0, 1, chunkSectors].join();
const distinct = new Map(
  MODELS.flatMap((model) =>
    headersOf(model).map((header) => [`${model.index}: ${header}`, { model, header }] as const),
  ),
);
const torn = [...distinct].filter(([, { header }]) => header.join() !== INTACT);

test(`${torn.length} headers that the race can leave, by its model, are known for what they are`, async () => {
  expect(torn.length).toBeGreaterThan(20);
  for (const [name, { model, header }] of torn) {
    expect(await codesBehind(model.index ?? 0, header), name).toHaveLength(1);
  }
});

test("with the fix there is one ending, and nothing to be found", async () => {
  for (const model of MODELS) {
    const headers = headersOf({ ...model, fix: "after" });
    expect(headers.map((header) => header.join())).toEqual([INTACT]);
  }
  for (const index of [0, 5, ENTRIES - 1]) {
    expect(await codesBehind(index, [SNAP_MAGIC, 0, 1, chunkSectors])).toEqual([]);
  }
});
