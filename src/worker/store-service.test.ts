import { describe, expect, test } from "vitest";
import { loadCore } from "../../testing/check-bytes.ts";
import { FakeWorker } from "../../testing/fake-worker.ts";
import { buildStore } from "../../testing/store-builder.ts";
import type { HeldStore } from "../client/held-store.ts";
import { StoreClient } from "../client/store-client.ts";
import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import type { SnapshotTarget } from "../protocol/store-service.ts";
import { createStoreService } from "./store-service.ts";

const CHUNK = 4096;

/** A store of `count` exceptions, as the kernel allocates them. @param chunkSectors its chunk size */
function storeOf(count: number, chunkSectors = 8): Blob {
  const perArea = chunkSectors * 32;
  const exceptions = Array.from({ length: count }, (_, n) => ({
    old: BigInt(n),
    new: BigInt(n + 2 + Math.floor(n / perArea)),
  }));
  const chunks = 2 + count + Math.ceil((count + 1) / perArea);
  const spec = { chunkSectors, exceptions, cowSectors: chunkSectors * chunks };
  return new Blob([new Uint8Array(buildStore(spec))]);
}

/** Counts what is read of it. */
class CountedBlob extends Blob {
  bytesRead = 0;

  override slice(start = 0, end = this.size): Blob {
    this.bytesRead += end - start;
    return super.slice(start, end);
  }
}

const ignore = () => {};
const signal = new AbortController().signal;
const client = () => new StoreClient(() => new FakeWorker(createStoreService(loadCore)));

async function opened(page: StoreClient, blob: Blob, name: string): Promise<HeldStore> {
  const result = await page.open({ blob, name }, DEFAULT_OPTIONS, ignore, signal);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

/** A file that a person chose, and what was written to it. */
function chosenFile(name: string) {
  const log: string[] = [];
  const stream = {
    write: async () => void log.push("write"),
    close: async () => void log.push("close"),
    abort: async () => void log.push("abort"),
  };
  const file = {
    getFile: async () => new File([], name),
    createWritable: async () => {
      log.push("open");
      return stream;
    },
  };
  return { log, file: file as unknown as FileSystemFileHandle };
}

/** The service itself: a fake handle cannot be sent to a worker. */
async function openedIn(blob: Blob) {
  const service = createStoreService(loadCore);
  const result = await service.open(blob, "a.cow", DEFAULT_OPTIONS, ignore);
  if (!result.ok) throw new Error(result.problem.message);
  return { service, handle: result.value.handle, store: result.value };
}

describe("a store that has made way for another", () => {
  test("answers every question with a problem; the one that is open goes on", async () => {
    const page = client();
    const first = await opened(page, storeOf(3), "first");
    const second = await opened(page, storeOf(4), "second");
    const image = { blob: new Blob([new Uint8Array(8 * CHUNK)]), name: "origin" };
    const answers = [
      await first.headerChunk(),
      await first.areaChunk(0),
      await first.rows(0, 3),
      await first.filterRows({ old: null, new: null }),
      await first.raceStart(),
      await first.lookUp({ device: "origin", unit: "chunk", number: 0n }),
      await first.damage(),
      await first.chunkPair({ old: 0n, new: 2n }, image),
      await first.diff(image, ignore, signal),
      await first.snapshot(image, { kind: "blob" }, ignore, signal),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: false, problem: { code: "store.stale" } });
    }
    expect(await second.rows(0, 9)).toMatchObject({ ok: true, value: { length: 8 } });
  });

  test("is never saved as the other: a save that waits behind an opening writes nothing", async () => {
    const { service, handle } = await openedIn(storeOf(3));
    const { log, file } = chosenFile("snap.img");
    await service.open(storeOf(4), "second", DEFAULT_OPTIONS, ignore);
    const target: SnapshotTarget = { kind: "file", file };
    const origin = new Blob([new Uint8Array(8 * CHUNK)]);
    expect(await service.snapshot(handle, origin, "origin", target, ignore)).toMatchObject({
      ok: false,
      problem: { code: "store.stale" },
    });
    expect(log).toEqual([]);
  });

  test("keeps the image it was made of: patches are put over that one", async () => {
    const page = client();
    const first = await opened(page, storeOf(3), "first");
    await opened(page, storeOf(400), "second");
    expect(first.patched([])?.size).toBe(storeOf(3).size);
  });
});

describe("a snapshot", () => {
  // Two batches of exceptions, 2.4 MB of them.
  const big = new CountedBlob([storeOf(150_000, 1)]);
  const origin = new Blob([new Uint8Array(16 * CHUNK)]);

  test("does not read the table again, neither to be hashed nor to be saved", async () => {
    const { service, handle } = await openedIn(big);
    const before = big.bytesRead;
    for (let i = 0; i < 2; i++) {
      const read = await service.snapshot(handle, origin, "origin", { kind: "blob" }, ignore);
      expect(read.ok && read.value.blob?.size).toBe(16 * CHUNK);
    }
    // The chunks that the origin is as long as, twice.
    expect(big.bytesRead - before).toBeLessThanOrEqual(2 * 16 * CHUNK);
  });

  test.each([
    ["while the exceptions are loaded", 0],
    ["while it is read", 1],
  ])("stops %s within a batch, and the store stays open", async (_, from) => {
    const { service, handle } = await openedIn(big);
    const { log, file } = chosenFile("snap.img");
    let batches = 0;
    const reading = service.snapshot(
      handle,
      new Blob([new Uint8Array(32 << 20)]),
      "origin",
      { kind: "file", file },
      ({ done }) => {
        if (done < from) return;
        batches += 1;
        void service.cancel();
      },
    );
    expect(await reading).toMatchObject({ ok: false, problem: { code: "cancelled" } });
    expect(batches).toBe(1);
    expect(log.includes("close")).toBe(false);
    if (log.includes("open")) expect(log.at(-1)).toBe("abort");
    expect(await service.headerChunk(handle)).toMatchObject({ ok: true });
  });

  test("hears a cancel that comes as a message, also where nothing is read", async () => {
    // Of an invalid store every chunk is an error, and no byte is fetched.
    const bytes = new Uint8Array(await storeOf(3).arrayBuffer());
    bytes[4] = 0;
    const { service, handle } = await openedIn(new Blob([bytes]));
    const long = service.snapshot(
      handle,
      new Blob([new Uint8Array(64 << 20)]),
      "origin",
      { kind: "none" },
      ignore,
    );
    setTimeout(() => void service.cancel());
    expect(await long).toMatchObject({ ok: false, problem: { code: "cancelled" } });
  });
});

describe("an origin that cannot be one", () => {
  const cow = storeOf(3);
  const SHORT = { ...DEFAULT_OPTIONS, originSectors: 64n };
  const CASES: [string, Blob, string][] = [
    ["an empty one", new Blob([]), "is empty"],
    ["the COW image itself", cow, "is the COW image itself"],
    ["one that is too short", new Blob([new Uint8Array(63 * 512)]), "should have 64 sectors"],
  ];

  test.each(CASES)("%s is said before anything is written", async (_, origin, words) => {
    const service = createStoreService(loadCore);
    const store = await service.open(cow, "a.cow", SHORT, ignore);
    if (!store.ok) throw new Error(store.problem.message);
    const { log, file } = chosenFile("snap.img");
    const read = await service.snapshot(
      store.value.handle,
      origin,
      "a.img",
      { kind: "file", file },
      ignore,
    );
    expect(read).toMatchObject({ ok: false, problem: { code: "snapshot.origin" } });
    expect(!read.ok && read.problem.message).toContain(words);
    expect(log).toEqual([]);
  });
});

test("what is read is never written to, though a page is told no path", async () => {
  const name = "origin.img";
  const { service, handle } = await openedIn(storeOf(3));
  const origin = new File([new Uint8Array(8 * CHUNK)], name, { lastModified: 7 });
  const { log, file } = chosenFile(name);
  const same = Object.assign(file, { getFile: async () => origin });
  const target: SnapshotTarget = { kind: "file", file: same };
  expect(await service.snapshot(handle, origin, name, target, ignore)).toMatchObject({
    ok: false,
    problem: { code: "snapshot.input" },
  });
  expect(log).toEqual([]);
});

describe("looking inside", () => {
  test("of two lookups the later one is answered, the earlier one is stopped", async () => {
    const { service, handle } = await openedIn(storeOf(40, 1));
    const place = (number: bigint) => ({ device: "origin", unit: "chunk", number }) as const;
    const [first, second] = await Promise.all([
      service.lookUp(handle, place(5n)),
      service.lookUp(handle, place(6n)),
    ]);
    expect(first).toMatchObject({ ok: false, problem: { code: "cancelled" } });
    // Chunk 6 is the seventh that was copied: chunk 8, behind header and area 0.
    expect(second).toMatchObject({
      ok: true,
      value: { kind: "mapped", reads: { from: "cow", chunk: "8" } },
    });
  });

  test("a data chunk alone, and beside its chunk of the origin", async () => {
    const { service, handle } = await openedIn(storeOf(3));
    const alone = await service.chunkPair(handle, { old: 1n, new: 3n }, null);
    expect(alone).toMatchObject({ ok: true, value: { cow: { chunk: 3n }, origin: null } });
    const bytes = new Uint8Array(2 * CHUNK).fill(7, CHUNK);
    const origin = { blob: new Blob([bytes]), name: "origin.img" };
    const beside = await service.chunkPair(handle, { old: 1n, new: 3n }, origin);
    if (!beside.ok) throw new Error(beside.problem.message);
    expect(beside.value.origin).toEqual({
      name: "origin.img",
      chunk: { chunk: 1n, offset: 4096n, bytes: new Uint8Array(CHUNK).fill(7), cut: "no" },
    });
    // Where a wild exception points, there are no bytes: that is no fault.
    const wild = await service.chunkPair(handle, { old: 2n ** 60n, new: 2n ** 55n }, origin);
    expect(wild).toMatchObject({
      ok: true,
      value: { cow: { bytes: { length: 0 } }, origin: { chunk: { bytes: { length: 0 } } } },
    });
  });

  test("another file is compared, and the open store stays", async () => {
    const { service, handle } = await openedIn(storeOf(4));
    const diff = await service.diff(handle, storeOf(3), "other", ignore);
    expect(diff).toMatchObject({
      ok: true,
      value: { same: false, chunks: { same: "3", left_only: "1" }, right: { name: "other" } },
    });
    for (const [bytes, code] of [
      [new Uint8Array(0), "image.empty"],
      [new Uint8Array(8 * CHUNK).fill(65), "image.not-a-store"],
    ] as const) {
      const refused = await service.diff(handle, new Blob([bytes]), "other", ignore);
      expect(refused).toMatchObject({ ok: false, problem: { code } });
    }
    expect(await service.rows(handle, 0, 9)).toMatchObject({ ok: true, value: { length: 8 } });
  });

  test("one too short for a header is no store, also where the table line has a chunk size", async () => {
    const service = createStoreService(loadCore);
    const options = { ...DEFAULT_OPTIONS, tableChunk: 8 };
    const opened = await service.open(storeOf(4), "store", options, ignore);
    if (!opened.ok) throw new Error(opened.problem.message);
    const short = new Blob([new Uint8Array(15)]);
    const refused = await service.diff(opened.value.handle, short, "other", ignore);
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: "image.not-a-store", found: "it is too short for a header" },
    });
  });
});
