import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { howItEnds } from "../../../testing/hostile-image.ts";
import { openedOf, put, refusalOf } from "../../../testing/opening.ts";
import { diskImages } from "../disk-images.ts";
import { qcow1Over } from "./qcow1.ts";

const CLUSTER = 4096;
const L1 = 512;
const L2 = 1024;

interface Spec {
  size?: bigint;
  clusterBits?: number;
  l2Bits?: number;
  encryption?: number;
  l1At?: bigint;
  l1Entry?: bigint;
  backing?: string;
  /** Of the L2 table: 512 entries. */
  l2?: bigint[];
  bytes?: Record<number, Uint8Array>;
  length?: number;
}

/** Clusters of 4 KiB; L1 at byte 512, the first L2 table at 1024, clusters from 8192 on. */
function image(spec: Spec, name = "disk.qcow") {
  const bytes = new Uint8Array(spec.length ?? 65_536);
  const set = (at: number, value: number | bigint, length: number) =>
    put(bytes, at, value, length, false);
  set(0, 0x514649fb, 4);
  set(4, 1, 4);
  set(24, spec.size ?? BigInt(8 * CLUSTER), 8);
  set(32, spec.clusterBits ?? 12, 1);
  set(33, spec.l2Bits ?? 9, 1);
  set(36, spec.encryption ?? 0, 4);
  set(40, spec.l1At ?? BigInt(L1), 8);
  set(L1, spec.l1Entry ?? BigInt(L2), 8);
  for (const [i, entry] of (spec.l2 ?? []).entries()) set(L2 + i * 8, entry, 8);
  if (spec.backing !== undefined) {
    const text = new TextEncoder().encode(spec.backing);
    set(8, 64, 8);
    set(16, text.length, 4);
    bytes.set(text, 64);
  }
  for (const [at, run] of Object.entries(spec.bytes ?? {})) bytes.set(run, Number(at));
  return { name, bytes };
}

const disk = Uint8Array.from({ length: CLUSTER }, (_, i) => i % 251);
const packed = deflateRawSync(disk);
/** The length above the offset, which has 63 - 12 bits. */
const packedEntry = (at: number, length: number) =>
  (1n << 63n) | (BigInt(length) << 51n) | BigInt(at);

describe("a qcow of version 1", () => {
  test("a packed cluster lies anywhere, and is as long as its entry says", async () => {
    const l2 = [0n, packedEntry(8192 + 77, packed.length)];
    const { source } = await openedOf([image({ l2, bytes: { [8192 + 77]: packed } })]);
    expect(await source.read([{ offset: CLUSTER, length: CLUSTER }])).toEqual(disk);
    expect(await source.read([{ offset: 0, length: 1 }])).toEqual(new Uint8Array(1));
  });

  test("an encrypted one is refused in words", async () => {
    expect((await refusalOf([image({ encryption: 1 })])).message).toMatch(/encrypted/);
  });

  test("one that is cut off is refused", async () => {
    const problem = await refusalOf([image({ l2: [0n, 65_536n] })]);
    expect(problem.message).toMatch(/the qcow is cut off.*byte 4096 of the disk/);
  });
});

describe("a qcow made to hurt", () => {
  test.each<[string, Spec, string]>([
    ["a disk of 2^63 bytes", { size: 1n << 63n }, "refused: qcow1.header"],
    ["a disk of 2^52 bytes", { size: 1n << 52n }, "refused: qcow1.header"],
    ["clusters of 2^255 bytes", { clusterBits: 255 }, "refused: qcow1.header"],
    ["L2 tables of 2^255 entries", { l2Bits: 255 }, "refused: qcow1.header"],
    ["an L1 table behind the end", { l1At: 1n << 50n }, "refused: qcow1.cut"],
    ["an L2 table behind the end", { l1Entry: 1n << 60n }, "refused: qcow1.cut"],
    ["an L2 table that is the L1 table", { l1Entry: BigInt(L1) }, "read"],
    ["itself as its backing file", { backing: "disk.qcow" }, "refused: qcow1.backing-loop"],
    ["packed bytes of no length", { l2: [1n << 63n] }, "refused: qcow1.cut"],
    ["noise where packed bytes should be", { l2: [packedEntry(0, 4000)] }, "unreadable"],
  ])("%s", async (_, spec, end) => {
    expect(
      await howItEnds(
        qcow1Over(() => diskImages),
        [image(spec)],
      ),
    ).toBe(end);
  });
});
