import { describe, expect, test } from "vitest";
import { readGroup } from "../../../testing/lvm2-group.ts";
import { segment, stripes, volume } from "../../../testing/lvm2-text.ts";

const DEVICES = ["pv0", "pv1"].map((name) => ({ name, peStart: 256, peCount: 20 }));
const EXTENT = 4096;

const origin = volume("root", [stripes(0, 8, [["pv0", 0]])]);
const cow = volume("before", [stripes(0, 2, [["pv1", 3]])], { status: ["READ", "WRITE"] });

const snapshot = (rest: string, name = "snapshot0", extents = 8) =>
  volume(name, [segment(0, extents, "snapshot", rest)]);

const PLAIN = 'chunk_size = 16\norigin = "root"\ncow_store = "before"';

const read = (...volumes: string[]) => readGroup({ devices: DEVICES, volumes });

describe("a snapshot", () => {
  test("joins the volume that is its store with its origin, and is no volume itself", async () => {
    const { group, volume, problems } = await read(snapshot(PLAIN), origin, cow);
    expect(group.snapshots).toEqual([
      {
        cow: volume("before"),
        origin: volume("root"),
        originComplete: true,
        virtualOrigin: false,
        bytes: 8 * EXTENT,
        chunkSectors: 16,
        merging: false,
      },
    ]);
    expect(group.volumes.map(({ name }) => name)).toEqual(["root", "before"]);
    expect(problems).toEqual([]);
  });

  test("keeps its own size when the origin has grown", async () => {
    const { group } = await read(origin, cow, snapshot(PLAIN, "snapshot0", 5));
    expect(group.snapshots[0]?.bytes).toBe(5 * EXTENT);
  });

  test("that is being merged names its store otherwise", async () => {
    const merging = 'chunk_size = 16\norigin = "root"\nmerging_store = "before"';
    const { group } = await read(origin, cow, snapshot(merging));
    expect(group.snapshots[0]).toMatchObject({ merging: true, cow: { name: "before" } });
  });

  test("an origin may have several", async () => {
    const second = volume("later", [stripes(0, 2, [["pv1", 8]])]);
    const other = 'chunk_size = 8\norigin = "root"\ncow_store = "later"';
    const { group } = await read(
      origin,
      cow,
      second,
      snapshot(PLAIN),
      snapshot(other, "snapshot1"),
    );
    expect(group.snapshots.map((one) => [one.cow.name, one.origin?.name])).toEqual([
      ["before", "root"],
      ["later", "root"],
    ]);
  });

  test("of nothing: its origin is virtual, and reads as zeros", async () => {
    const zero = volume("root", [segment(0, 8, "zero")], { status: ["READ"] });
    const { group } = await read(zero, cow, snapshot(PLAIN));
    expect(group.snapshots[0]).toMatchObject({ virtualOrigin: true, originComplete: false });
    const visible = await read(volume("root", [segment(0, 8, "zero")]), cow, snapshot(PLAIN));
    expect(visible.group.snapshots[0]?.virtualOrigin).toBe(false);
  });

  test("of a thin volume: the store is read, the origin cannot be", async () => {
    const thin = volume("root", [segment(0, 8, "thin")]);
    const { group, problems } = await read(thin, cow, snapshot(PLAIN));
    expect(group.snapshots[0]).toMatchObject({
      cow: { complete: true },
      origin: { source: null, kind: "thin" },
      originComplete: false,
    });
    expect(problems).toEqual([]);
  });

  test("whose origin is not in the group keeps its store", async () => {
    const { group, problems } = await read(cow, snapshot(PLAIN));
    expect(group.snapshots[0]).toMatchObject({ origin: null, originComplete: false });
    expect(problems).toMatchObject([
      { code: "lvm.snapshot", found: "its origin is not in the group" },
    ]);
  });

  test.each([
    ["kept and merged", `${PLAIN}\nmerging_store = "before"`, "to be merged and to be kept"],
    ["without a store", 'chunk_size = 16\norigin = "root"', "COW device is not in the group"],
    ["with a store of elsewhere", PLAIN.replace("before", "x"), "COW device is not in the group"],
    ["without a chunk size", 'origin = "root"\ncow_store = "before"', "chunk size is not said"],
    ["with chunks of 0", PLAIN.replace("16", "0"), "chunk size is not said"],
  ])("%s: said, and passed over", async (_, rest, why) => {
    const { group, volume, problems } = await read(origin, cow, snapshot(rest));
    expect(group.snapshots).toEqual([]);
    expect(volume("before").complete).toBe(true);
    expect(problems).toMatchObject([{ code: "lvm.snapshot", where: "vg/snapshot0" }]);
    expect(problems[0]?.found).toContain(why);
  });

  test("in two segments: said", async () => {
    const two = volume("snapshot0", [
      segment(0, 4, "snapshot", PLAIN),
      segment(4, 4, "snapshot", PLAIN),
    ]);
    const { group, problems } = await read(origin, cow, two);
    expect(group.snapshots).toEqual([]);
    expect(problems).toMatchObject([{ found: "it has more than one segment" }]);
  });

  test("with a store that is another's too: said", async () => {
    const { group, problems } = await read(
      origin,
      cow,
      snapshot(PLAIN),
      snapshot(PLAIN, "snapshot1"),
    );
    expect(group.snapshots).toHaveLength(1);
    expect(problems).toMatchObject([{ found: "before is the store of two snapshots" }]);
  });
});
