import { describe, expect, test } from "vitest";
import { MOST_DEPTH, type NamedSource } from "../src/container/looking.ts";
import { whereabouts } from "../src/container/whereabouts.ts";
import type { MachineTree } from "../src/protocol/machine.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { diskFiles, diskRow } from "./disk-rows.ts";
import { machineOf } from "./machine.ts";
import { buildStore } from "./store-builder.ts";

const filesOf = (id: string): NamedSource[] =>
  diskFiles(diskRow(id)).map(({ name, bytes }) => ({ name, source: new BytesSource(bytes) }));
const renamed = (id: string, name: string): NamedSource[] =>
  filesOf(id).map(({ source }) => ({ name, source }));
const codes = ({ problems }: MachineTree) => problems.map(({ code }) => code);
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

/** An MBR with one partition over all behind it, of `sectors`. */
function mbr(sector: Uint8Array, start: number, sectors: number): void {
  const view = new DataView(sector.buffer, sector.byteOffset);
  view.setUint8(446 + 4, 0x83);
  view.setUint32(446 + 8, start, true);
  view.setUint32(446 + 12, sectors, true);
  sector.set([0x55, 0xaa], 510);
}

describe("how deep and how much", () => {
  test("a partition table in a partition, forty times over", async () => {
    const sectors = 4096;
    const disk = new Uint8Array(sectors * 512);
    for (let level = 0; level < 40; level++) {
      mbr(disk.subarray(level * 512, (level + 1) * 512), 1, sectors - level - 1);
    }
    const { tree } = await machineOf([{ name: "deep.img", source: new BytesSource(disk) }]);
    expect(codes(tree)).toEqual(["layer.too-deep"]);
    expect(tree.nodes.length).toBeLessThanOrEqual(MOST_DEPTH + 1);
    expect(tree.stores).toEqual([]);
  });

  test("four partitions that each hold the same table again", async () => {
    const disk = new Uint8Array(1 << 20);
    const view = new DataView(disk.buffer);
    for (const at of [0, 512]) {
      for (let slot = 0; slot < 4; slot++) {
        view.setUint8(at + 446 + slot * 16 + 4, 0x83);
        view.setUint32(at + 446 + slot * 16 + 8, 1, true);
        view.setUint32(at + 446 + slot * 16 + 12, 2000, true);
      }
      disk.set([0x55, 0xaa], at + 510);
    }
    for (let sector = 2; sector < 40; sector++) disk.copyWithin(sector * 512, 512, 1024);
    const { tree } = await machineOf([{ name: "many.img", source: new BytesSource(disk) }]);
    expect(codes(tree)).toContain("layer.too-many");
    expect(tree.nodes.length).toBeLessThan(20_000);
  });

  test("a volume group whose volume is its own disk", async () => {
    const [disk] = diskFiles(diskRow("wrap-base"));
    if (!disk) throw new Error("no disk");
    rewriteText(disk.bytes, (text) => text.replace("pe_start = 2048", "pe_start = 0   "));
    const { tree } = await machineOf([{ name: "self.img", source: new BytesSource(disk.bytes) }]);
    expect(codes(tree)).toContain("layer.too-deep");
    expect(tree.nodes.length).toBeLessThan(100);
  });

  test("nothing at all, and less than a sector", async () => {
    const { tree } = await machineOf([
      { name: "empty", source: new BytesSource(new Uint8Array()) },
      { name: "short", source: new BytesSource(new Uint8Array(100)) },
    ]);
    expect(tree.stores).toEqual([]);
    expect(names(tree.others)).toEqual(["empty", "short"]);
  });
});

describe("one machine", () => {
  test("a bare store is found by its file's name, beside its origin", async () => {
    const store = buildStore({ chunkSectors: 8, exceptions: [], cowSectors: 800 });
    const { tree } = await machineOf([
      { name: "cow.img", source: new BytesSource(store) },
      { name: "root.img", source: new BytesSource(new Uint8Array(8192)) },
    ]);
    expect(tree.stores).toMatchObject([{ name: "cow.img", kind: "bare", path: ["cow.img"] }]);
    expect(names(tree.others)).toEqual(["root.img"]);
  });

  test("stores of the same name are told apart by where they lie", async () => {
    const { tree } = await machineOf([
      ...renamed("bare-partition", "a.img"),
      ...renamed("bare-partition", "b.img"),
    ]);
    expect(names(tree.stores)).toEqual(["a.img:partition 2", "b.img:partition 2"]);
    expect(names(tree.others)).toEqual(["a.img:partition 1", "b.img:partition 1"]);
  });

  test("a disk given twice is said to be, and read once", async () => {
    const { tree } = await machineOf([
      ...renamed("wrap-base", "a.img"),
      ...renamed("wrap-base", "b.img"),
    ]);
    expect(codes(tree)).toEqual(["lvm.pv-twice"]);
    expect(names(tree.stores)).toEqual(["vgwrap/good", "vgwrap/over"]);
  });

  test("two groups of two disks stay apart", async () => {
    const { tree } = await machineOf([...filesOf("gpt"), ...renamed("mbr-primary", "second.img")]);
    expect(names(tree.stores)).toEqual([
      "vggpt/before",
      "vggpt/fresh",
      "vgmbr/before",
      "vgmbr/fresh",
    ]);
    expect(tree.stores[2]?.path).toEqual(["second.img", "mbr 2", "lvm vgmbr/before"]);
  });

  test("a path names every file that a store lies in", async () => {
    const { tree } = await machineOf(filesOf("two-pv"));
    const paths = new Map(tree.stores.map(({ name, path }) => [name, path]));
    expect(paths.get("vgtwo/s_4k")).toEqual(["pv0.img + pv1.img", "lvm vgtwo/s_4k"]);
    expect(paths.get("vgtwo/s_512k")).toEqual(["pv0.img", "lvm vgtwo/s_512k"]);
  });

  test("a guest's store is found through the volume that its disk is", async () => {
    const { tree } = await machineOf(filesOf("nested"));
    expect(tree.stores[1]).toMatchObject({
      name: "guestvg/before",
      path: ["disk.img", "lvm hostvg/guest", "mbr 1", "lvm guestvg/before"],
      layers: ["disk.img", "hostvg/guest", "partition 1", "guestvg/before"],
    });
  });

  test("guests cloned from one disk are put together each by itself", async () => {
    const [nested] = diskFiles(diskRow("nested"));
    if (!nested) throw new Error("no disk");
    // Two hosts, and so two volumes, with the same guest in each.
    const files = ["a.img", "b.img"].map((name) => {
      const bytes = new Uint8Array(nested.bytes);
      return { name, bytes };
    });
    renameHost(files[1]?.bytes ?? new Uint8Array());
    const { tree } = await machineOf(
      files.map(({ name, bytes }) => ({ name, source: new BytesSource(bytes) })),
    );
    expect(codes(tree)).toEqual([]);
    expect(names(tree.stores).filter((name) => name.endsWith("guestvg/before"))).toEqual([
      "hostvg/guest:partition 1:guestvg/before",
      "hostvX/guest:partition 1:guestvg/before",
    ]);
  });

  test("what another file is made of is no disk of its own", async () => {
    const { tree } = await machineOf(filesOf("qcow2-overlay"));
    expect(names(tree.images)).toEqual(["overlay.qcow2", "base.qcow2"]);
    expect(tree.stores.map(({ path }) => path[0])).toEqual(["overlay.qcow2", "overlay.qcow2"]);
    expect(codes(tree)).toEqual([]);
  });

  test("the tree is plain data", async () => {
    const { tree } = await machineOf(filesOf("nested"));
    expect(structuredClone(tree)).toEqual(tree);
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree);
    for (const { id, parents } of tree.nodes) {
      expect(tree.nodes[id]?.id).toBe(id);
      expect(parents.every((parent) => parent < id)).toBe(true);
    }
  });
});

/** Gives the host's group and disk other names and UUIDs, with right checksums. */
function renameHost(disk: Uint8Array): void {
  let first = "";
  rewriteText(disk, (text) => {
    first = /pv0 \{\s+id = "(.)/.exec(text)?.[1] === "Z" ? "Y" : "Z";
    return text
      .replace("hostvg {", "hostvX {")
      .replace(/id = "(.)/g, (_, letter) => `id = "${letter === "Z" ? "Y" : "Z"}`);
  });
  disk.set(new TextEncoder().encode(first), 512 + 32);
  const view = new DataView(disk.buffer, disk.byteOffset, disk.length);
  view.setUint32(512 + 16, lvmCrc(disk.subarray(512 + 20, 1024)), true);
}

/** Writes the metadata of a disk's one PV anew, as long as they were, with right checksums. */
function rewriteText(disk: Uint8Array, change: (text: string) => string): void {
  const view = new DataView(disk.buffer, disk.byteOffset, disk.length);
  const area = 4096;
  const [at = 0, size = 0] = [40, 48].map((field) => Number(view.getBigUint64(area + field, true)));
  const metadata = disk.subarray(area + at, area + at + size);
  metadata.set(new TextEncoder().encode(change(new TextDecoder("latin1").decode(metadata))));
  view.setUint32(area + 56, lvmCrc(metadata), true);
  view.setUint32(area, lvmCrc(disk.subarray(area + 4, area + 512)), true);
}

/** calc_crc() of lib/misc/crc.c: the polynomial of CRC-32, bit by bit, from another start. */
function lvmCrc(bytes: Uint8Array): number {
  let crc = 0xf597a6cf;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return crc >>> 0;
}

async function together(source: BlockSource, images: readonly BlockSource[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(source.size);
  let at = 0;
  for await (const piece of whereabouts(source, images)) {
    if (piece.in === "file") {
      const image = images[piece.image];
      bytes.set((await image?.read([piece])) ?? [], at);
    }
    expect(["file", "zeros"]).toContain(piece.in);
    at += piece.length;
  }
  expect(at).toBe(source.size);
  return bytes;
}

describe("where bytes lie", () => {
  test.each(["two-pv", "nested", "gpt-4k", "qcow2-v3", "qcow2-overlay-raw"])("%s", async (id) => {
    const files = filesOf(id);
    const { tree, sources } = await machineOf(files);
    const images = files.map(({ source }) => source);
    for (const { node } of tree.stores) {
      const source = sources.get(node);
      if (!source) throw new Error("no bytes");
      const whole = await source.read([{ offset: 0, length: source.size }]);
      expect(Buffer.from(await together(source, images)).equals(whole)).toBe(true);
    }
  });

  test("packed bytes lie nowhere as they are", async () => {
    const files = filesOf("qcow2-zlib");
    const { tree, sources } = await machineOf(files);
    const source = sources.get(tree.stores[0]?.node ?? -1);
    if (!source) throw new Error("no bytes");
    const kinds = new Set<string>();
    for await (const piece of whereabouts(source, [files[0]?.source ?? source])) {
      kinds.add(piece.in);
    }
    expect(kinds).toContain("other");
  });

  test("what a missing disk held is a hole", async () => {
    const files = filesOf("two-pv-only-0");
    const { tree, sources } = await machineOf(files);
    const store = tree.stores.find(({ name }) => name === "vgtwo/s_4k");
    expect(store).toMatchObject({ complete: false });
    expect(store?.missing.join()).toMatch(/^pv1 \(uuid /);
    const source = sources.get(store?.node ?? -1);
    if (!source) throw new Error("no bytes");
    let holes = 0;
    for await (const piece of whereabouts(source, [])) {
      if (piece.in === "hole") holes += piece.length;
    }
    // Striped over two disks: half of it.
    expect(holes).toBe(source.size / 2);
  });
});
