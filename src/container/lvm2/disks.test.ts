import { describe, expect, test } from "vitest";
import { diskRow } from "../../../testing/disk-rows.ts";
import { groupsOf, PLAIN_DISKS, sha256, whole } from "../../../testing/lvm2-disks.ts";

describe("what LVM made, as the kernel read it", () => {
  test.each(PLAIN_DISKS.map((row) => [row.id, row] as const))("%s", async (_, row) => {
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

  test("a thin volume is named, with why it cannot be read", async () => {
    const { groups } = await groupsOf(diskRow("others"));
    const thin = groups[0]?.volumes.find(({ name }) => name === "thin1");
    expect(thin).toMatchObject({ source: null, kind: "thin", complete: false });
    expect(thin?.why).toContain("thin pool");
  });
});
