import { describe, expect, test } from "vitest";
import { checkToTheEnd } from "../src/engine/check/check.ts";
import { cellsFound } from "../src/engine/map/cells-found.ts";
import { makeStoreMap } from "../src/engine/map/store-map.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import { CELL_CROSSED, CELL_KIND, CHUNK_KINDS } from "../src/protocol/map.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { loadCore } from "./check-bytes.ts";
import { type Exception, isMetadataChunk } from "./disk.ts";
import { type Rng, seededRng } from "./random.ts";
import { buildStore, type StoreSpec, smallestDevice } from "./store-builder.ts";
import { kindsOf } from "./store-map.ts";

const compiled = await loadCore();

async function mapOf(spec: StoreSpec) {
  const source = new BytesSource(buildStore(spec));
  const { facts, core } = await checkToTheEnd(compiled, source, DEFAULT_OPTIONS, true);
  const reader = makeStoreMap(core, facts);
  if (!reader) throw new Error("no map");
  return { reader, facts, cowSectors: source.size / 512 };
}

/** Mostly in order, as a kernel leaves it; some that are doubled, lost, wild, or name bookkeeping. */
function randomStore(rng: Rng): StoreSpec {
  const chunkSectors = rng.pick([1, 2, 4]);
  const wild = rng.pick([0, 0.01, 0.2]);
  const exceptions: Exception[] = [];
  let next = 2n;
  for (let i = rng.below(rng.pick([3, 40, 700])); i > 0; i--) {
    if (rng.chance(wild / 2)) next += BigInt(rng.below(90));
    while (isMetadataChunk(next, chunkSectors)) next += 1n;
    const chunk = rng.chance(wild) ? BigInt(rng.between(1, 1200)) : next++;
    const top = rng.chance(wild / 10) ? 1n << 57n : 0n;
    exceptions.push({ old: BigInt(rng.below(5000)), new: chunk | top });
  }
  const least = smallestDevice(chunkSectors, exceptions);
  const cut = rng.chance(0.2) && exceptions.length > 0 ? rng.below(least - 4 * chunkSectors) : 0;
  const cowSectors = Math.max(4 * chunkSectors, least + rng.below(3000) - cut);
  return { chunkSectors, exceptions, cowSectors };
}

const countsOf = (kinds: readonly string[]): number[] =>
  CHUNK_KINDS.map((kind) => kinds.filter((one) => one === kind).length);

/** The kind that most of the chunks are of; the first in order where several are. */
function most(kinds: readonly string[]): number {
  const counts = countsOf(kinds);
  return counts.indexOf(Math.max(...counts));
}

describe("the map", () => {
  test("says at every level what a count chunk by chunk says, of 60 random stores", async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const spec = randomStore(seededRng(seed));
      const { reader, facts, cowSectors } = await mapOf(spec);
      // Entries in areas that lie beyond the device are never read.
      const read = { ...spec, exceptions: spec.exceptions.slice(0, Number(facts.exceptions)) };
      const kinds = kindsOf(read, cowSectors, facts.areasRead);
      const { map } = reader;
      expect(map.chunks, `seed ${seed}`).toBe(kinds.length);
      expect(2 ** map.topLevel >= kinds.length).toBe(true);
      for (let level = 0; level <= map.topLevel; level++) {
        const count = Math.ceil(kinds.length / 2 ** level);
        const cells = reader.cells({ level, first: 0, count: count + 3 });
        expect(cells.length).toBe(count);
        for (const cell of [...cells.keys()].filter((at) => level > 5 || at % 7 === 0)) {
          const run = kinds.slice(cell * 2 ** level, (cell + 1) * 2 ** level);
          const byte = cells[cell] ?? 0;
          expect(byte & CELL_KIND, `seed ${seed}, level ${level}, cell ${cell}`).toBe(most(run));
          expect((byte & CELL_CROSSED) !== 0).toBe(run.includes("crossed"));
          const { counts } = reader.cell({ level, cell });
          expect(Object.values(counts), `seed ${seed}, level ${level}, cell ${cell}`).toEqual(
            countsOf(run),
          );
        }
      }
    }
  });

  test("is the same as a table of runs, wherever one begins to read it", async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const rng = seededRng(seed * 3);
      const spec = randomStore(rng);
      const { reader, facts, cowSectors } = await mapOf(spec);
      const read = { ...spec, exceptions: spec.exceptions.slice(0, Number(facts.exceptions)) };
      const kinds = kindsOf(read, cowSectors, facts.areasRead);
      const count = reader.runCount();
      const runs = reader.runs({ first: 0, count });
      expect(runs.length, `seed ${seed}`).toBe(count);
      const unrolled = runs.flatMap(({ chunks, kind }) => new Array<string>(chunks).fill(kind));
      expect(unrolled, `seed ${seed}`).toEqual(kinds);
      const from = rng.below(count);
      expect(reader.runs({ first: from, count: 5 })).toEqual(runs.slice(from, from + 5));
    }
  });

  test("has runs and counts of a device of 10^8 chunks, most of them free", async () => {
    const exceptions = [2n, 3n, 4n].map((chunk) => ({ old: chunk, new: chunk }));
    const bytes = buildStore({ chunkSectors: 8, exceptions });
    const sparse = new SparseStore(bytes, 10 ** 8 * 4096);
    const { facts, core } = await checkToTheEnd(compiled, sparse, DEFAULT_OPTIONS, true);
    const reader = makeStoreMap(core, facts);
    expect(reader?.map.counts).toEqual({
      header: 1,
      metadata: 1,
      data: 3,
      crossed: 0,
      lost: 0,
      free: 10 ** 8 - 5,
      beyond: 0,
    });
    expect(reader?.runs({ first: 0, count: 9 })).toEqual([
      { first: 0, chunks: 1, kind: "header" },
      { first: 1, chunks: 1, kind: "metadata" },
      { first: 2, chunks: 3, kind: "data" },
      { first: 5, chunks: 10 ** 8 - 5, kind: "free" },
    ]);
  });

  test("of a device of 2^44 chunks, whose last one a wild exception names, is bounded", async () => {
    const exceptions = [
      { old: 1n, new: 2n },
      { old: 2n, new: 2n ** 36n - 40n },
      { old: 3n, new: 2n ** 43n },
    ];
    const bytes = buildStore({ chunkSectors: 1, exceptions, cowSectors: 64 });
    const sparse = new SparseStore(bytes, 2 ** 53 - 512);
    const { facts, core } = await checkToTheEnd(compiled, sparse, DEFAULT_OPTIONS, true);
    const reader = makeStoreMap(core, facts);
    const map = reader?.map;
    expect(map?.chunks).toBe(2 ** 36);
    expect(map?.undrawn).toBe(2n ** 44n - 1n - 2n ** 36n);
    expect(map?.outside).toBe(1);
    expect(map?.counts.data).toBe(2);
    // Nearly all of it holds nothing: the map of that takes no more than lists of pages and cells.
    expect(core.memory.buffer.byteLength).toBeLessThan(64 << 20);
    const count = reader?.runCount() ?? 0;
    const last = reader?.runs({ first: count - 2, count: 2 });
    expect(last?.[0]).toEqual({ first: 2 ** 36 - 40, chunks: 1, kind: "data" });
    expect(last?.[1]).toEqual({ first: 2 ** 36 - 39, chunks: 39, kind: "free" });
  });

  test("tells who names a chunk", async () => {
    const exceptions = [2, 3, 3, 1, 4].map((chunk, row) => ({
      old: BigInt(row * 10),
      new: BigInt(chunk),
    }));
    const { reader } = await mapOf({ chunkSectors: 8, exceptions });
    expect(reader.chunk(3)).toEqual({
      kind: "crossed",
      area: null,
      names: [
        { row: 1, old: 10n },
        { row: 2, old: 20n },
      ],
      named: 2,
    });
    expect(reader.chunk(1)).toMatchObject({ kind: "crossed", area: 0, named: 1 });
    expect(reader.chunk(0)).toEqual({ kind: "header", area: null, names: [], named: 0 });
  });
});

/** The same bytes with zeros behind them, as far as one likes. */
class SparseStore extends BytesSource {
  constructor(
    private readonly start: Uint8Array,
    override readonly size: number,
  ) {
    super(start);
  }

  override async read(ranges: Parameters<BytesSource["read"]>[0]) {
    const target = new Uint8Array(ranges.reduce((sum, { length }) => sum + length, 0));
    this.readNow(ranges, target);
    return target;
  }

  override readNow(ranges: Parameters<BytesSource["readNow"]>[0], target: Uint8Array): void {
    let at = 0;
    for (const { offset, length } of ranges) {
      target.fill(0, at, at + length);
      target.set(this.start.subarray(offset, offset + length), at);
      at += length;
    }
  }
}

describe("room until a store overflows", () => {
  const room = async (exceptions: number, cowSectors: number) => {
    const rows = Array.from({ length: exceptions }, (_, row) => ({
      old: BigInt(row),
      new: BigInt(2 + row + Math.floor(row / 256)),
    }));
    const { reader } = await mapOf({ chunkSectors: 8, exceptions: rows, cowSectors });
    return reader.map.fill?.room;
  };

  // FORMAT.md, "seen": on 258 chunks of 4 KiB the 256th exception invalidates the snapshot.
  test("on 258 chunks the 256th exception invalidates: area 1 cannot be wiped", async () => {
    expect(await room(0, 258 * 8)).toBe(255);
    expect(await room(255, 258 * 8)).toBe(0);
  });

  // The corpus' overflow-snapwrite-c8: twelve chunks, ten of them for data, and the eleventh write failed.
  test("on 12 chunks there is room for ten", async () => {
    expect(await room(0, 12 * 8)).toBe(10);
    expect(await room(10, 12 * 8)).toBe(0);
  });

  test("areas take chunks from it", async () => {
    expect(await room(0, 600 * 8)).toBe(600 - 1 - 3);
    expect(await room(300, 600 * 8)).toBe(600 - 1 - 3 - 300);
  });
});

describe("the history", () => {
  test("counts rows against origin chunks as a loop over the recipe does", async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const rng = seededRng(seed);
      const spec = randomStore(rng);
      const { reader, facts } = await mapOf(spec);
      const rows = spec.exceptions.slice(0, Number(facts.exceptions));
      const first = rng.below(rows.length + 1);
      const end = rng.between(first, rows.length);
      const [columns, lines] = [rng.between(1, 50), rng.between(1, 30)];
      const { counts, above } = reader.history({ first, end, columns, lines });
      const { oldEnd } = reader.map;
      const wanted = new Uint32Array(columns * lines);
      let higher = 0;
      for (let column = 0; column < columns; column++) {
        const at = (n: number) => first + Math.floor(((end - first) * n) / columns);
        for (const { old } of rows.slice(at(column), at(column + 1))) {
          const line = Math.floor(Number(old) * (lines / Number(oldEnd)));
          if (old >= oldEnd) higher++;
          else wanted[line * columns + column] = (wanted[line * columns + column] ?? 0) + 1;
        }
      }
      expect([...counts], `seed ${seed}`).toEqual([...wanted]);
      expect(above).toBe(higher);
    }
  });

  test("one wild old_chunk does not squeeze all others", async () => {
    const exceptions = Array.from({ length: 200 }, (_, row) => ({
      old: row === 7 ? 2n ** 60n : BigInt(row),
      new: BigInt(row + 2),
    }));
    const { reader } = await mapOf({ chunkSectors: 8, exceptions });
    expect(reader.map.oldEnd).toBe(200n);
    expect(reader.history({ first: 0, end: 200, columns: 1, lines: 1 }).above).toBe(1);
    expect(reader.historyRow({ first: 10, end: 200, oldFirst: 90n, oldEnd: 95n })).toBe(90);
    expect(reader.historyRow({ first: 10, end: 20, oldFirst: 90n, oldEnd: 95n })).toBeNull();
  });
});

test("cells that findings lie in", () => {
  const chunks = [0, 1, 5, 64, 65, 4096];
  expect([...cellsFound(chunks, 0, 1, 5)]).toEqual([1, 5]);
  expect([...cellsFound(chunks, 6, 0, 2)]).toEqual([0, 1]);
  expect([...cellsFound(chunks, 12, 1, 9)]).toEqual([1]);
  expect([...cellsFound([], 3, 0, 9)]).toEqual([]);
});
