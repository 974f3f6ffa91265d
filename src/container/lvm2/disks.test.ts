import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { DISK_ROWS, type DiskRow, diskFiles, diskRow } from "../../../testing/disk-rows.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { assembleGroups, type PhysicalVolume, readPhysicalVolume } from "./lvm2.ts";

/** Disks as they are, without a wrapper; the wrappers' rows are about the same disk. */
const PLAIN = DISK_ROWS.filter((row) => !row.file_info && row.id !== "bare-partition");

const MBR_FIRST_START = 446 + 8;

/** Every PV of a row: on the whole disk, in a partition that the row tells, in a guest's disk. */
async function pvsOf(row: DiskRow): Promise<PhysicalVolume[]> {
  const pvs: PhysicalVolume[] = [];
  for (const [i, { name, bytes }] of diskFiles(row).entries()) {
    const parts = (row.partition_table?.[i]?.partitions ?? []).map(
      ({ n, start_bytes, bytes: length }) => ({
        where: `partition ${n}`,
        part: bytes.subarray(start_bytes, start_bytes + length),
      }),
    );
    for (const { where, part } of [{ where: name, part: bytes }, ...parts]) {
      const pv = await readPhysicalVolume(new BytesSource(part), where);
      if (pv) pvs.push(pv);
    }
  }
  return pvs;
}

async function whole(source: BlockSource | null | undefined): Promise<Uint8Array> {
  if (!source) throw new Error("it has no source");
  return source.read([{ offset: 0, length: source.size }]);
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function groupsOf(row: DiskRow) {
  const outer = assembleGroups(await pvsOf(row));
  if (row.id !== "nested") return outer;
  const guest = outer.groups[0]?.volumes.find(({ name }) => name === "guest")?.source;
  const disk = await whole(guest);
  const start = new DataView(disk.buffer).getUint32(MBR_FIRST_START, true) * 512;
  const pv = await readPhysicalVolume(new BytesSource(disk.subarray(start)), "guest");
  const inner = assembleGroups(pv ? [pv] : []);
  return { groups: [...outer.groups, ...inner.groups], problems: inner.problems };
}

describe("what LVM made, as the kernel read it", () => {
  test.each(PLAIN.map((row) => [row.id, row] as const))("%s", async (_, row) => {
    const { groups } = await groupsOf(row);
    const found = groups.flatMap((group) =>
      group.snapshots.map((snapshot) => ({
        group,
        snapshot,
        name: `${group.name}/${snapshot.cow.name}`,
      })),
    );
    const stores = row.stores.filter(({ kind }) => kind === "lvm");
    expect(found.map(({ name }) => name).sort()).toEqual(stores.map(({ name }) => name).sort());
    for (const store of stores) {
      const { group, snapshot } = found.find(({ name }) => name === store.name) ?? {};
      if (!group || !snapshot) throw new Error(`${store.name} was not found`);
      const { cow, origin, chunkSectors, merging, originComplete } = snapshot;
      expect({
        name: store.name,
        cow: cow.bytes,
        origin: `${group.name}/${origin?.name}`,
        lvm_chunk_sectors: chunkSectors,
        merging,
        complete: cow.complete,
        originComplete,
        missing: group.missing.map((label) => label.replace(/ \(uuid .{38}\)$/, "")),
      }).toEqual({
        name: store.name,
        cow: store.cow_bytes,
        origin: store.origin_name,
        lvm_chunk_sectors: store.lvm_chunk_sectors,
        merging: store.merging,
        complete: store.complete,
        originComplete: store.origin_complete,
        missing: store.missing_pvs,
      });
      expect(snapshot.bytes).toBe(store.origin_bytes);
      if (cow.complete) expect(sha256(await whole(cow.source))).toBe(store.cow_sha256);
      else await expect(whole(cow.source)).rejects.toMatchObject({ kind: "hole" });
      if (originComplete) expect(sha256(await whole(origin?.source))).toBe(store.origin_sha256);
    }
  });

  test.each(["mda-ignored-only-ignored", "mda-ignored-only-nomda", "mda-ignored-without-normal"])(
    "%s: the disks of a group without its description say so",
    async (id) => {
      const row = diskRow(id);
      const { groups, problems } = await groupsOf(row);
      expect(groups).toEqual([]);
      expect(problems.map(({ code }) => code)).toEqual(row.files.map(() => "lvm.no-metadata"));
    },
  );

  test("nothing is amiss with a set that is whole", async () => {
    for (const id of [
      "two-pv",
      "mda-ignored",
      "ring-wrap",
      "label3",
      "others",
      "merge-scheduled",
    ]) {
      expect((await groupsOf(diskRow(id))).problems).toEqual([]);
    }
  });

  test("every kind of volume has its name, and is hidden where LVM hides it", async () => {
    const { groups } = await groupsOf(diskRow("others"));
    const kinds = groups.flatMap(({ name, volumes, snapshots }) =>
      volumes
        .filter((volume) => snapshots.every(({ cow }) => cow !== volume))
        .map(({ name: lv, kind, visible }) => [
          `${name}/${lv}`,
          visible ? kind : `${kind}, hidden`,
        ]),
    );
    const expected = Object.entries(diskRow("others").other_kinds);
    expect(Object.fromEntries(kinds)).toEqual(
      Object.fromEntries(expected.map(([name, kind]) => [name, kind.replace(/^origin, /, "")])),
    );
  });

  test("a RAID1 and a mirror are read from a leg, as the kernel read them", async () => {
    const { groups } = await groupsOf(diskRow("others"));
    const volume = (name: string) => groups[0]?.volumes.find((one) => one.name === name);
    // fixtures/disks has labtool's reads of them in others/live/reads.txt
    expect(sha256(await whole(volume("r1")?.source))).toBe(
      "89a74fdc0df74452235209cb5d35a94ef13db9e8536e14c0afb99eb489083544",
    );
    expect(sha256(await whole(volume("mir")?.source))).toBe(
      "ede270ed249c0bc694ee43d6db15aee95d357c91e41080870bf63467ecbb449a",
    );
    expect(volume("thin1")).toMatchObject({ source: null, kind: "thin", complete: false });
    expect(volume("thin1")?.why).toContain("thin pool");
  });
});
