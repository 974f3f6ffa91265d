import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCore } from "../../testing/check-bytes.ts";
import { entryOffset, u64Bytes } from "../../testing/disk.ts";
import { diskFiles, diskRow } from "../../testing/disk-rows.ts";
import { filesOf, listAll, storeOfRow } from "../../testing/snapshot-files.ts";
import { buildStore } from "../../testing/store-builder.ts";
import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import type { FileEntry } from "../protocol/files.ts";
import type { StoreHandle, StoreService } from "../protocol/store-service.ts";
import { BlobSource } from "../source/blob-source.ts";
import type { BlockSource } from "../source/block-source.ts";
import { createStoreService } from "./store-service.ts";

const ignore = () => {};
const PAIRED = { blob: null, name: "the origin beside it" };

/** What a promise's value is when it is right. */
function good<T>(result: { ok: true; value: T } | { ok: false; problem: { message: string } }): T {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

/** The one snapshot in the disks of a row, opened as the page does it. */
async function openedIn(id: string) {
  const service = createStoreService(loadCore);
  const files = diskFiles(diskRow(id)).map(({ name, bytes }) => ({
    name,
    blob: new Blob([bytes.slice()]),
  }));
  const looked = good(await service.look(files, ignore));
  const [store] = looked?.tree.stores ?? [];
  if (!looked || !store) throw new Error(`${id} has no store`);
  const found = good(await service.openFound(looked.machine, store.node, DEFAULT_OPTIONS, ignore));
  return { service, store: found.store.handle, blob: found.blob };
}

/** All of the tree, directory by directory. */
async function walked(service: StoreService, store: StoreHandle, files: bigint) {
  const found: FileEntry[] = [];
  for (const pending = ["/"]; pending.length > 0; ) {
    const list = good(await service.listFiles(store, files, pending.pop() ?? "/"));
    expect(list.problems).toEqual([]);
    for (const file of list.files) {
      found.push(file);
      if (file.type === "directory") pending.push(file.path);
    }
  }
  return found;
}

/** sha256 by path: what `sha256sum` said of the snapshot as the kernel had it mounted. */
function kernels(id: string): Map<string, string> {
  const url = `../../fixtures/disks/${id}/files-read-from-mounted-snapshot.sha256`;
  const lines = readFileSync(new URL(url, import.meta.url), "utf8")
    .trim()
    .split("\n");
  return new Map(lines.map((line) => [line.slice(67), line.slice(0, 64)]));
}

const wholeOf = (source: BlockSource) => source.read([{ offset: 0, length: source.size }]);

const sha256 = async (blob: Blob) =>
  createHash("sha256")
    .update(new Uint8Array(await blob.arrayBuffer()))
    .digest("hex");

describe.each(["fs-ext4", "fs-xfs"])("%s", (id) => {
  test("directory by directory: names and sha256 are the kernel's", async () => {
    const { service, store } = await openedIn(id);
    const { handle } = good(await service.openFiles(store, PAIRED));
    const found = new Map<string, string>();
    for (const { path, type, state } of await walked(service, store, handle)) {
      expect(state).toBe("whole");
      if (type !== "file") continue;
      const { blob, missing } = good(await service.readFile(store, handle, path, false));
      expect(missing).toBe(0);
      found.set(path, await sha256(blob));
    }
    expect(found).toEqual(kernels(id));
  });
});

describe("a bare store with a dropped origin, one of whose data chunks is gone", () => {
  test("has the states that the command tells, and gives what can be read", async () => {
    const { cow, origin } = await storeOfRow("fs-ext4");
    const bytes = await wholeOf(cow);
    const dropped = { blob: new Blob([await wholeOf(origin)]), name: "origin.img" };
    const service = createStoreService(loadCore);
    let torn = 0;
    // Of 24 exceptions, each alone: new_chunk behind the device.
    for (let index = 0; index < 24; index++) {
      const damaged = bytes.slice();
      damaged.set(u64Bytes(1n << 40n), entryOffset(index, 8) + 8);
      const inside = await filesOf(new BlobSource(new Blob([damaged])), origin).catch(() => null);
      const open = await service.open(new Blob([damaged]), "a.cow", DEFAULT_OPTIONS, ignore);
      const { handle: store } = good(open);
      const opened = await service.openFiles(store, dropped);
      // The superblock lay in it.
      expect(opened.ok).toBe(inside !== null);
      if (!opened.ok || !inside) continue;
      const { handle, fileSystem } = opened.value;
      expect(fileSystem).toEqual(inside.facts);
      const told = (await listAll(inside)).entries;
      const files: FileEntry[] = [];
      for (const directory of ["/", "/docs"]) {
        const list = await service.listFiles(store, handle, directory);
        files.push(...(list.ok ? list.value.files : []));
      }
      expect(files).toEqual(told.filter(({ path }) => !path.startsWith("/etc/")));
      for (const { path, type, size, damage } of files) {
        if (type !== "file" || !damage.some(({ part }) => part === "data")) continue;
        torn += 1;
        const strict = await service.readFile(store, handle, path, false);
        expect(strict.ok).toBe(false);
        const { blob, missing } = good(await service.readFile(store, handle, path, true));
        expect(blob.size).toBe(Number(size));
        expect(missing).toBe(damage.reduce((sum, one) => sum + Number(one.bytes), 0));
      }
    }
    expect(torn).toBeGreaterThan(0);
  });
});

describe("what is asked about files", () => {
  test("is ended as cancelled by what is asked later, and by a stop", async () => {
    const { service, store } = await openedIn("fs-ext4");
    const first = service.openFiles(store, PAIRED);
    const second = service.openFiles(store, PAIRED);
    expect(await first).toMatchObject({ ok: false, problem: { code: "cancelled" } });
    const { handle } = good(await second);
    const list = service.listFiles(store, handle, "/");
    const other = service.listFiles(store, handle, "/");
    expect(await list).toMatchObject({ ok: false, problem: { code: "cancelled" } });
    expect((await other).ok).toBe(true);
    const read = service.readFile(store, handle, "/docs/note1.txt", false);
    await service.stopFiles();
    expect(await read).toMatchObject({ ok: false, problem: { code: "cancelled" } });
    expect((await service.readFile(store, handle, "/docs/note1.txt", false)).ok).toBe(true);
  });

  test("a handle of other files is stale, a path that is not there a problem", async () => {
    const { service, store } = await openedIn("fs-ext4");
    const { handle } = good(await service.openFiles(store, PAIRED));
    expect(await service.listFiles(store, handle, "/nowhere")).toMatchObject({
      ok: false,
      problem: { code: "files.path" },
    });
    expect(await service.readFile(store, handle, "/docs", false)).toMatchObject({
      ok: false,
      problem: { code: "files.path" },
    });
    await service.openFiles(store, PAIRED);
    expect(await service.listFiles(store, handle, "/")).toMatchObject({
      ok: false,
      problem: { code: "store.stale" },
    });
  });

  test("a snapshot without a file system that is read here says so", async () => {
    const service = createStoreService(loadCore);
    const exceptions = [{ old: 3n, new: 2n }];
    const bytes = buildStore({ chunkSectors: 8, exceptions, cowSectors: 64 });
    const blob = new Blob([new Uint8Array(bytes)]);
    const { handle } = good(await service.open(blob, "a.cow", DEFAULT_OPTIONS, ignore));
    const origin = { blob: new Blob([new Uint8Array(1 << 20)]), name: "origin" };
    expect(await service.openFiles(handle, origin)).toMatchObject({
      ok: false,
      problem: { code: "files.none" },
    });
    expect(await service.openFiles(handle, PAIRED)).toMatchObject({
      ok: false,
      problem: { code: "snapshot.origin" },
    });
  });
});
