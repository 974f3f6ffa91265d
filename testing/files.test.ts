import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PatchedSource } from "../src/source/patched-source.ts";
import { entryOffset, getU64, u64Bytes } from "./disk.ts";
import { contentOf, filesOf, listAll, storeOfRow } from "./snapshot-files.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** sha256 by path: what `sha256sum` said of the snapshot as the kernel had it mounted. */
function kernels(id: string): Map<string, string> {
  const url = `../fixtures/disks/${id}/files-read-from-mounted-snapshot.sha256`;
  const lines = readFileSync(new URL(url, import.meta.url), "utf8")
    .trim()
    .split("\n");
  return new Map(lines.map((line) => [line.slice(67), line.slice(0, 64)]));
}

describe.each(["fs-ext4", "fs-xfs"])("%s: files of a snapshot that a kernel mounted", (id) => {
  test("names and sha256 are the kernel's", async () => {
    const { cow, origin } = await storeOfRow(id);
    const files = await filesOf(cow, origin);
    const { entries, problems } = await listAll(files);
    expect(problems).toEqual([]);
    const found = new Map<string, string>();
    for (const { path, type, state } of entries) {
      expect(state).toBe("whole");
      if (type === "file") found.set(path, sha256((await contentOf(files, path)) ?? Buffer.of()));
    }
    expect(found).toEqual(kernels(id));
    expect(found.size).toBeGreaterThan(30);
  });

  test("an exception that names another's data chunk leaves its origin chunk in doubt", async () => {
    const { cow, origin } = await storeOfRow(id);
    const [one, other] = [entryOffset(2, 8), entryOffset(3, 8)];
    const shared = await cow.read([{ offset: one + 8, length: 8 }]);
    const damaged = new PatchedSource(cow, [{ offset: other + 8, bytes: shared }]);
    const { damage } = await filesOf(damaged, origin);
    const old = await cow.read([{ offset: other, length: 8 }]);
    // Exceptions were made in order: chunk 4 is the first one's by its place.
    const offset = Number(getU64(old, 0)) * 4096;
    expect(damage.ranges).toEqual([{ offset, length: 4096, why: "doubtful" }]);
  });

  test("an exception that was left over in chunk 0 is lost, and its chunk reads as the origin", async () => {
    const { cow, origin } = await storeOfRow(id);
    const healthy = await filesOf(cow, origin);
    let index = 0;
    const newOf = async (at: number) =>
      getU64(await cow.read([{ offset: entryOffset(at, 8) + 8, length: 8 }]), 0);
    while ((await newOf(index + 1)) !== 0n) index += 1;
    const at = entryOffset(index, 8);
    const last = await cow.read([{ offset: at, length: 16 }]);
    // The last exception, in its place within chunk 0 instead of the area.
    const moved = new PatchedSource(cow, [
      { offset: at, bytes: new Uint8Array(16) },
      { offset: at - 4096, bytes: last },
    ]);
    const { damage, facts } = await filesOf(moved, origin);
    const offset = Number(getU64(last, 0)) * 4096;
    expect(damage.ranges).toEqual([{ offset, length: 4096, why: "lost" }]);
    expect(facts.notes).toEqual(healthy.facts.notes);
  });

  test("a file is told as whole only where it still reads as the kernel read it", async () => {
    const { cow, origin } = await storeOfRow(id);
    const expected = kernels(id);
    const healthy = await filesOf(cow, origin);
    const seen = { whole: 0, touched: 0, unknown: 0, gone: 0 };
    for (let index = 0; index < 50; index++) {
      const at = entryOffset(index, 8);
      const entry = await cow.read([{ offset: at, length: 16 }]);
      if (getU64(entry, 8) === 0n) break;
      // new_chunk behind the device: what this exception held is answered with EIO.
      const damaged = new PatchedSource(cow, [
        { offset: at + 8, bytes: new Uint8Array(u64Bytes(1n << 40n)) },
      ]);
      const chunk = Number(getU64(entry, 0)) * 4096;
      const files = await filesOf(damaged, origin).catch(() => null);
      // The superblock lay in it.
      if (!files) continue;
      expect(files.damage.ranges).toContainEqual({
        offset: chunk,
        length: 4096,
        why: "unreadable",
      });
      const { entries } = await listAll(files);
      const told = new Set(entries.map(({ path }) => path));
      seen.gone += [...expected.keys()].filter((path) => !told.has(path)).length;
      for (const { path, type, state, damage } of entries) {
        if (type !== "file") continue;
        seen[state] += 1;
        const content = await contentOf(files, path);
        expect(content !== null && sha256(content) === expected.get(path), path).toBe(
          state === "whole",
        );
        for (const { part, offset, bytes } of damage) {
          if (part !== "data") continue;
          const whole = (await contentOf(healthy, path)) ?? Buffer.of();
          const run = whole.subarray(Number(offset), Number(offset) + Number(bytes));
          expect(await chunkOf(chunk)).toContain(run.toString("hex"));
        }
      }
    }
    expect(seen.whole).toBeGreaterThan(0);
    expect(seen.touched + seen.unknown + seen.gone).toBeGreaterThan(0);

    /** The chunk as the healthy store has it. */
    async function chunkOf(offset: number): Promise<string> {
      const index = await indexOf(offset / 4096);
      const entry = await cow.read([{ offset: entryOffset(index, 8) + 8, length: 8 }]);
      const data = await cow.read([{ offset: Number(getU64(entry, 0)) * 4096, length: 4096 }]);
      return Buffer.from(data).toString("hex");
    }

    async function indexOf(old: number): Promise<number> {
      for (let index = 0; ; index++) {
        const entry = await cow.read([{ offset: entryOffset(index, 8), length: 8 }]);
        if (getU64(entry, 0) === BigInt(old)) return index;
      }
    }
  });
});
