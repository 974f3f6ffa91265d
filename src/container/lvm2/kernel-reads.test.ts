import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { groupsOf, PLAIN_DISKS, sha256, whole } from "../../../testing/lvm2-disks.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { readGroupText } from "./group-text.ts";
import { assembleGroups, readPhysicalVolume, type VolumeGroup } from "./lvm2.ts";

const FIXTURES = new URL("../../../fixtures/", import.meta.url);

/** What labtool read of each mapped device, by the names that LVM gives them: "vg-lv", "vg-lv-cow". */
function kernelReads(file: URL): Map<string, string> {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return new Map(
    lines.map((line): [string, string] => {
      const [device = "", json = ""] = line.split(/ (.*)/);
      return [device, JSON.parse(json).sha256];
    }),
  );
}

/** Every volume that the kernel had mapped, and what it read of it. */
async function compare(groups: readonly VolumeGroup[], reads: Map<string, string>) {
  const ours: [string, string][] = [];
  for (const { name, volumes, snapshots } of groups) {
    for (const volume of volumes) {
      const escaped = (part: string) => part.replaceAll("-", "--");
      const isCow = snapshots.some(({ cow }) => cow === volume);
      const isOrigin = snapshots.some(({ origin }) => origin === volume);
      const plain = `${escaped(name)}-${escaped(volume.name)}`;
      const layer = isCow ? `${plain}-cow` : isOrigin ? `${plain}-real` : plain;
      // A group's snapshot that was never activated has no layers below it yet.
      const device = isCow || reads.has(layer) ? layer : plain;
      if (volume.source && reads.has(device))
        ours.push([device, sha256(await whole(volume.source))]);
    }
  }
  return { ours, kernel: ours.map(([device]) => [device, reads.get(device)]) };
}

describe("every volume that the kernel had mapped reads as it did then", () => {
  const rows = PLAIN_DISKS.filter(
    ({ id, stores }) =>
      stores.some(({ kind }) => kind === "lvm") &&
      existsSync(new URL(`disks/${id}/live/reads.txt`, FIXTURES)),
  );
  const VOLUMES: Record<string, number> = { "two-pv": 11, others: 12, names: 5, nested: 2 };

  test.each(rows.map((row) => [row.id, row] as const))("%s", async (id, row) => {
    const reads = kernelReads(new URL(`disks/${id}/live/reads.txt`, FIXTURES));
    const { groups } = await groupsOf(row);
    const { ours, kernel } = await compare(groups, reads);
    expect(ours).toEqual(kernel);
    expect(ours.length).toBeGreaterThanOrEqual(VOLUMES[id] ?? 2);
  });

  test("lvm-a", async () => {
    const reads = kernelReads(new URL("lvm/lvm-a/reads.txt", FIXTURES));
    const disk = gunzipSync(readFileSync(new URL("lvm/lvm-a/disk.img.gz", FIXTURES)));
    const pv = await readPhysicalVolume(new BytesSource(disk), "disk");
    const { groups, problems } = assembleGroups(pv ? [pv] : []);
    expect(problems).toEqual([]);
    const { ours, kernel } = await compare(groups, reads);
    expect(ours).toEqual(kernel);
    expect(ours.map(([device]) => device).sort()).toEqual(
      [...reads.keys()].filter((name) => /(-cow|-real|filler.)$/.test(name)).sort(),
    );
  });
});

test("every description that vgcfgbackup wrote of these disks is understood", () => {
  const files = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" });
  const texts = files.filter((file) => /vgcfg[^/]*\.txt$/.test(file));
  expect(texts.length).toBeGreaterThan(30);
  for (const file of texts) {
    const read = readGroupText(readFileSync(new URL(file, FIXTURES), "utf8"));
    expect(read, file).toMatchObject({ ok: true });
  }
});
