import { describe, expect, test } from "vitest";
import { howItEnds } from "../../../testing/hostile-image.ts";
import { openedOf, put, refusalOf } from "../../../testing/opening.ts";
import { diskImages } from "../disk-images.ts";
import { qedOver } from "./qed.ts";

const CLUSTER = 4096;

interface Spec {
  size?: bigint;
  clusterBytes?: number;
  tableClusters?: number;
  features?: bigint;
  l1At?: bigint;
  l1Entry?: bigint;
  backing?: string;
  l2?: bigint[];
}

/** Clusters of 4 KiB, tables of one: L1 in cluster 1, the first L2 in cluster 2, data from 3 to 15. */
function image(spec: Spec) {
  const bytes = new Uint8Array(16 * CLUSTER);
  const set = (at: number, value: number | bigint, length: number) =>
    put(bytes, at, value, length, true);
  const name = spec.backing ?? "";
  set(0, 0x00444551, 4);
  set(4, spec.clusterBytes ?? CLUSTER, 4);
  set(8, spec.tableClusters ?? 1, 4);
  set(12, 1, 4);
  set(16, spec.features ?? (spec.backing === undefined ? 0n : 1n), 8);
  set(40, spec.l1At ?? BigInt(CLUSTER), 8);
  set(48, spec.size ?? BigInt(4 * CLUSTER), 8);
  set(56, 64, 4);
  set(60, name.length, 4);
  bytes.set(new TextEncoder().encode(name), 64);
  set(CLUSTER, spec.l1Entry ?? BigInt(2 * CLUSTER), 8);
  for (const [i, entry] of (spec.l2 ?? []).entries()) set(2 * CLUSTER + i * 8, entry, 8);
  bytes.fill(7, 3 * CLUSTER);
  return [{ name: "disk.qed", bytes }];
}

describe("a QED", () => {
  test("an entry of 1 is a cluster of zeros, whatever lies below", async () => {
    const files = image({ l2: [1n, BigInt(3 * CLUSTER)], backing: "base.raw" });
    const base = { name: "base.raw", bytes: new Uint8Array(4 * CLUSTER).fill(9) };
    const { source, peers } = await openedOf([...files, base]);
    const at = [0, 1, 2].map((block) => ({ offset: block * CLUSTER, length: 1 }));
    expect([...(await source.read(at))]).toEqual([0, 7, 9]);
    expect(peers).toEqual(["base.raw"]);
  });

  test("one that was not closed is read, and that is said", async () => {
    const { problems } = await openedOf(image({ features: 2n }));
    expect(problems.map(({ code }) => code)).toEqual(["qed.dirty"]);
  });

  test("one that is cut off is refused", async () => {
    const problem = await refusalOf(image({ l2: [0n, BigInt(16 * CLUSTER)] }));
    expect(problem.message).toMatch(/the QED is cut off.*byte 4096 of the disk/);
  });
});

describe("a QED made to hurt", () => {
  test.each<[string, Spec, string]>([
    ["a disk of 2^63 bytes", { size: 1n << 63n }, "refused: qed.header"],
    ["a disk of 2^52 bytes", { size: 1n << 52n }, "refused: qed.header"],
    ["clusters of no byte", { clusterBytes: 0 }, "refused: qed.header"],
    ["clusters of 2 GiB", { clusterBytes: 2 ** 31 }, "refused: qed.header"],
    ["tables of 2^32 clusters", { tableClusters: 2 ** 32 - 1 }, "refused: qed.header"],
    ["a feature nobody knows", { features: 1n << 40n }, "refused: qed.feature"],
    ["an L1 table behind the end", { l1At: 1n << 50n }, "refused: qed.cut"],
    ["an L1 table that points at itself", { l1Entry: BigInt(CLUSTER) }, "read"],
    ["an L2 table behind the end", { l1Entry: 1n << 60n }, "refused: qed.cut"],
    ["itself as its backing file", { backing: "disk.qed" }, "refused: qed.backing-loop"],
  ])("%s", async (_, spec, end) => {
    expect(
      await howItEnds(
        qedOver(() => diskImages),
        image(spec),
      ),
    ).toBe(end);
  });
});
