import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { clusterBitsFor } from "../src/container/qcow2/layout.ts";
import { writeQcow2 } from "../src/container/qcow2/write.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { FIXTURES, fixtureBytes } from "./fixtures.ts";
import { bundleBytes, check, pack, storeIn } from "./packed.ts";
import { QEMU_IS_MISSING } from "./qemu-images.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-pack-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

function qemuImg(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("qemu-img", args, { encoding: "utf8" });
  expect([status, stderr], args.join(" ")).toEqual([0, ""]);
  return stdout;
}

const BY_CHUNK_SIZE = ["c1", "c2", "c4", "c8", "c16", "c32", "c128", "c1024"].flatMap((size) => {
  const row = FIXTURES.find(({ id, source }) => source === "store" && id.endsWith(`-${size}`));
  return row ? [row] : [];
});

describe.skipIf(QEMU_IS_MISSING)("qemu-img", () => {
  test("there are stores of many chunk sizes", () => {
    expect(BY_CHUNK_SIZE.length).toBeGreaterThan(4);
  });

  test.each(BY_CHUNK_SIZE.map((row) => [row.id, row] as const))(
    "finds no error in the bundle of %s, and reads the same from it",
    async (_, row) => {
      const source = new BytesSource(new Uint8Array(fixtureBytes(row)));
      const checked = await check(source, {}, true);
      const packing = await pack(source, checked);
      if (!packing) throw new Error("it cannot be packed");
      const bundle = await bundleBytes(packing, checked);
      writeFileSync(path("bundle.qcow2"), bundle);
      expect(qemuImg("check", path("bundle.qcow2"))).toContain("No errors were found");
      qemuImg("convert", "-O", "raw", path("bundle.qcow2"), path("flat.raw"));
      const inside = await storeIn(bundle);
      const own = await inside.read([{ offset: 0, length: inside.size }]);
      expect(Buffer.compare(readFileSync(path("flat.raw")), own)).toBe(0);
    },
  );

  test.each([9, 12, 16, 21])("takes clusters of 2^%i bytes, the last one cut", async (bits) => {
    const size = 5 * 2 ** bits + 512;
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 7919) >> 8);
    const cluster = 2 ** bits;
    bytes.fill(0, cluster, 3 * cluster);
    const parts: Uint8Array[] = [];
    const sink = { write: (part: Uint8Array) => void parts.push(part), finish() {}, abandon() {} };
    const extension = { type: 0x12345678, data: new Uint8Array(13).fill(7) };
    await writeQcow2(new BytesSource(bytes), bits, [0, 3, 4, 5], extension, sink);
    writeFileSync(path("own.qcow2"), Buffer.concat(parts));
    expect(qemuImg("check", path("own.qcow2"))).toContain("No errors were found");
    qemuImg("convert", "-O", "raw", path("own.qcow2"), path("own.raw"));
    expect(Buffer.compare(readFileSync(path("own.raw")), bytes)).toBe(0);
  });
});

test("chunks are whole clusters, where the tables are not too long for it", () => {
  const GIB = 2 ** 30;
  expect(clusterBitsFor(GIB, 4096, 200)).toBe(12);
  expect(clusterBitsFor(2 ** 24, 512, 200)).toBe(9);
  expect(clusterBitsFor(2 ** 24, 512, 600)).toBe(10);
  expect(clusterBitsFor(GIB, 7 * 512, 200)).toBe(9);
  expect(clusterBitsFor(GIB, 1 << 24, 200)).toBe(16);
  expect(clusterBitsFor(1024 * GIB, 4096, 200)).toBe(12);
  expect(clusterBitsFor(2 ** 53 - 512, 512, 200)).toBeLessThan(22);
});
