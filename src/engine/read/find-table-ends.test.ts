import { describe, expect, test } from "vitest";
import { loadCore } from "../../../testing/check-bytes.ts";
import {
  areaChunk,
  chunkBytes,
  ENTRY_BYTES,
  entriesPerArea,
  SECTOR,
} from "../../../testing/disk.ts";
import { seededRng } from "../../../testing/random.ts";
import { type BlockSource, type Range, SourceError } from "../../source/block-source.ts";
import { makeCore, NONE, toWindow } from "../core.ts";
import { findTableEnds } from "./find-table-ends.ts";

const compiled = await loadCore();

/** new_chunk of entry `index` of area `area`. */
type Entries = (area: number, index: number) => bigint;

/** A device of `chunks` chunks that lies nowhere: an entry is made when it is read. */
class MadeUpAreas implements BlockSource {
  readonly counters = { bytes: 0, calls: 0 };
  readonly size: number;
  readonly isForward?: boolean;
  private readonly perArea: number;

  constructor(
    readonly chunkSectors: number,
    readonly chunks: number,
    private readonly newChunk: Entries,
  ) {
    this.size = chunks * chunkBytes(chunkSectors);
    this.perArea = entriesPerArea(chunkSectors);
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(ranges.reduce((sum, { length }) => sum + length, 0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const { offset, length } of ranges) {
      if (offset % ENTRY_BYTES !== 0 || offset < 0 || offset + length > this.size) {
        throw new Error(`read at ${offset}`);
      }
      const chunk = Math.floor(offset / chunkBytes(this.chunkSectors));
      const area = (chunk - 1) / (this.perArea + 1);
      if (!Number.isInteger(area)) throw new Error(`chunk ${chunk} is no metadata chunk`);
      const first = (offset % chunkBytes(this.chunkSectors)) / ENTRY_BYTES;
      for (let i = 0; i < length / ENTRY_BYTES; i++, at += ENTRY_BYTES) {
        view.setBigUint64(at + 8, this.newChunk(area, first + i), true);
      }
      this.counters.calls += 1;
    }
    return bytes;
  }
}

/** What is found once the first area (of at most a MiB) was taken in, which must be full. */
async function endsOf(source: MadeUpAreas) {
  const { chunkSectors } = source;
  const core = await makeCore(compiled);
  core.describe(BigInt(source.size / SECTOR), NONE, 512, chunkSectors);
  core.set_store_chunk_size(chunkSectors);
  const length = chunkBytes(chunkSectors);
  const area = await source.read([{ offset: length, length }]);
  source.counters.calls = 0;
  expect(core.take_pieces(toWindow(core, area), 0, 1, false)).toBe(false);
  return findTableEnds(core, source);
}

/** Entries as the kernel allocates them, `count` of them, and `behind` all that. */
function table(count: number, chunkSectors: number, behind: Entries = () => 0n): Entries {
  const perArea = entriesPerArea(chunkSectors);
  return (area, index) =>
    area * perArea + index < count
      ? BigInt(areaChunk(area, chunkSectors) + 1 + index)
      : // zero_disk_area() before an area is used; what lies behind was never written.
        area > Math.floor(count / perArea)
        ? behind(area, index)
        : 0n;
}

/** Two searches over `areas` and one over an area's entries. */
const most = (areas: number, perArea: number) =>
  2 * (Math.ceil(Math.log2(areas)) + 1) + Math.ceil(Math.log2(perArea)) + 1;

describe("the end of a table that a kernel wrote", () => {
  test.each([1, 8, 32, 1024])("is found exactly, chunks of %i sectors", async (chunkSectors) => {
    const perArea = entriesPerArea(chunkSectors);
    const rng = seededRng(chunkSectors);
    const counts = [perArea, perArea + 1, 2 * perArea - 1, 2 * perArea, 3 * perArea, 7 * perArea];
    for (let i = 0; i < 40; i++) counts.push(rng.between(perArea, perArea * rng.pick([9, 300])));
    for (const count of counts) {
      const areas = Math.floor(count / perArea) + 1;
      const room = areaChunk(areas, chunkSectors) + rng.pick([0, 1, 2, 90 * perArea]);
      const source = new MadeUpAreas(chunkSectors, room, table(count, chunkSectors));
      expect(await endsOf(source), `${count}`).toEqual({ areas, exceptions: count });
      expect(source.counters.calls).toBeLessThanOrEqual(most(areas, perArea));
    }
  });

  test("is found in a store of 100 GiB on a device of a TiB, in 40 reads", async () => {
    const count = 26_112_345;
    const source = new MadeUpAreas(8, 2 ** 28, table(count, 8));
    expect(await endsOf(source)).toEqual({ areas: 102_002, exceptions: count });
    expect(source.counters.calls).toBeLessThanOrEqual(most(102_002, 256));
    expect(most(102_002, 256)).toBeLessThanOrEqual(45);
  });

  test("is found whatever lies in areas that were never written", async () => {
    const rng = seededRng(5);
    const noise: Entries = () => rng.u64() | (1n << 60n);
    for (const count of [256, 700, 5000, 90_000]) {
      const source = new MadeUpAreas(8, 2 ** 22, table(count, 8, noise));
      expect((await endsOf(source))?.exceptions, `${count}`).toBe(count);
    }
  });
});

describe("nothing is said", () => {
  test("where the table goes on behind the device", async () => {
    const chunks = areaChunk(40, 8);
    expect(await endsOf(new MadeUpAreas(8, chunks, table(1e9, 8)))).toBeNull();
  });

  test("where the table ends in an entry that can be none", async () => {
    const damage: Entries = (area, index) =>
      area === 30 ? 1n << 50n : table(9000, 8)(area, index);
    expect(await endsOf(new MadeUpAreas(8, 2 ** 20, damage))).toBeNull();
  });

  test("where bytes on the way cannot be had", async () => {
    const hole: Entries = (area, index) => {
      if (area > 3) throw new SourceError("hole", 0, "pv1 is missing");
      return table(1e6, 8)(area, index);
    };
    expect(await endsOf(new MadeUpAreas(8, 2 ** 22, hole))).toBeNull();
  });

  test("of a stream, which would have to be unpacked: it is not read", async () => {
    const source = Object.assign(new MadeUpAreas(8, 2 ** 22, table(90_000, 8)), {
      isForward: true,
    });
    expect(await endsOf(source)).toBeNull();
    expect(source.counters.calls).toBe(0);
  });
});

test("noise costs no more reads than a table, and none outside of areas", async () => {
  for (let seed = 1; seed <= 300; seed++) {
    const rng = seededRng(seed);
    const chunkSectors = rng.pick([1, 8, 64]);
    const perArea = entriesPerArea(chunkSectors);
    const areas = rng.pick([1, 2, 3, 1000, 2 ** 31]);
    const chunks = areaChunk(areas - 1, chunkSectors) + 1 + rng.below(perArea);
    const kind = rng.below(4);
    const any: Entries = () => {
      if (kind === 0 || rng.chance(0.3)) return rng.u64();
      return kind === 1 || rng.chance(0.5) ? BigInt(rng.below(chunks)) : 0n;
    };
    const noise: Entries = (area, index) => (area === 0 ? 3n : any(area, index));
    const source = new MadeUpAreas(chunkSectors, chunks, noise);
    await endsOf(source);
    expect(source.counters.calls, `seed ${seed}`).toBeLessThanOrEqual(most(areas, perArea));
  }
});
