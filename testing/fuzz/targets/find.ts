import { ok } from "node:assert";
import type { NamedSource } from "../../../src/container/looking.ts";
import { type BlockSource, SourceError } from "../../../src/source/block-source.ts";
import { MappedSource } from "../../../src/source/mapped-source.ts";
import { type DiskFile, diskFiles, diskRow } from "../../disk-rows.ts";
import { machineOf } from "../../machine.ts";
import type { Rng } from "../../random.ts";
import { BoundedSource } from "../bounded-source.ts";
import { type Aim, damage } from "../damage.ts";
import { Damaged } from "../damaged.ts";
import * as formats from "../formats.ts";
import type { FuzzTarget } from "../target.ts";

/** Rows of fixtures/disks by what lies around or in them; each was made by the format's own tools. */
const ROWS: readonly [name: string, aim: formats.AimAt, rows: readonly string[]][] = [
  [
    "qcow2",
    formats.qcow2,
    [
      "qcow2-v3",
      "qcow2-c512",
      "qcow2-zlib",
      "qcow2-zstd",
      "qcow2-extl2",
      "qcow2-internal-snapshot",
      "qcow2-overlay",
      "qcow2-data-file",
    ],
  ],
  ["qcow1", formats.qcow1, ["qcow1"]],
  ["qed", formats.qed, ["qed"]],
  [
    "vmdk",
    formats.vmdk,
    [
      "vmdk-sparse",
      "vmdk-stream",
      "vmdk-flat",
      "vmdk-2gb-sparse",
      "vmdk-child",
      "vmdk-zeroed-grain",
    ],
  ],
  ["vdi", formats.vdi, ["vdi-dynamic"]],
  ["vhd", formats.vhd, ["vhd-dynamic", "vhd-fixed"]],
  ["vhdx", formats.vhdx, ["vhdx-dynamic", "vhdx-1m"]],
  ["gzip", formats.stream([[3, 1]]), ["gzip", "gzip-members", "bgzf"]],
  [
    "zstd",
    formats.stream([
      [4, 1],
      [5, 1],
      [5, 4],
      [9, 3],
    ]),
    ["zstd", "zstd-frames", "zstd-long27", "pzstd"],
  ],
  ["xz", formats.xz, ["xz", "xz-blocks", "xz-x86"]],
  ["lzma", formats.lzma, ["lzma"]],
  [
    "bzip2",
    formats.stream([
      [3, 1],
      [4, 6],
    ]),
    ["bzip2"],
  ],
  ["lz4", formats.lz4, ["lz4", "lz4-legacy"]],
  ["tar", formats.tar, ["tar", "tar-sparse"]],
  ["partitions", formats.disk, ["gpt", "gpt-4k", "gpt-hybrid", "mbr-logical", "mbr-primary"]],
  ["lvm2", formats.disk, ["two-pv", "ring-wrap", "nested", "merge-scheduled", "others"]],
];

interface Seed {
  files: DiskFile[];
  aim: Aim;
  /** All its files together, in bytes. */
  bytes: number;
}

/** The disks of all rows would fill the memory of a small machine: those of one target are kept. */
const kept = { target: "", seeds: new Map<string, Seed>() };

function seedOf(target: string, id: string, aim: formats.AimAt): Seed {
  if (kept.target !== target) {
    kept.target = target;
    kept.seeds.clear();
  }
  const known = kept.seeds.get(id);
  if (known) return known;
  const files = diskFiles(diskRow(id));
  const [first] = files;
  if (!first) throw new Error(`${id} has no file`);
  const bytes = files.reduce((sum, one) => sum + one.bytes.length, 0);
  const seed = { files, aim: aim(first.bytes), bytes };
  kept.seeds.set(id, seed);
  return seed;
}

/** Bytes read of each store that is found, at its start and at its end. */
const READ_BYTES = 64 << 10;

/**
 * Looked into as `find` does: a tree and problems in words, whatever the file says; what is said to
 * be whole is read, and every run of a layer lies inside the layer below it.
 */
export const finds: readonly FuzzTarget[] = ROWS.map(([name, aim, rows]) => ({
  name: `find-${name}`,
  run: async (rng) => {
    const seed = seedOf(name, rng.pick(rows), aim);
    const [first, ...others] = seed.files;
    if (!first) throw new Error("no file");
    const damaged = new Damaged(first.bytes);
    damage(damaged, seed.aim, rng);
    try {
      return await look(seed, { name: first.name, bytes: damaged.bytes }, others, rng);
    } finally {
      damaged.mend();
    }
  },
}));

async function look(seed: Seed, first: DiskFile, others: DiskFile[], rng: Rng): Promise<string> {
  const sources = [first, ...others].map(
    ({ bytes }) => new BoundedSource(bytes, 64 * seed.bytes + 2 ** 26, rng),
  );
  const named = [first, ...others].map(({ name }, i): NamedSource => {
    const source = sources[i];
    if (!source) throw new Error("no source");
    return { name, source };
  });
  const machine = await machineOf(named, rng.chance(0.5));
  const { tree } = machine;
  ok(tree.nodes.length < 5000, "as many nodes as no disk has");
  for (const { message, todo, where, code } of tree.problems) ok(message && todo && where && code);
  for (const source of machine.sources.values()) await readEnds(source);
  for (const { node, bytes, complete, missing } of tree.stores) {
    const source = machine.sources.get(node);
    ok(source === undefined || source.size === bytes, "another size than is told");
    ok(complete || missing.length > 0, "incomplete, and nothing is missing");
  }
  for (const source of sources) source.assertWellRead();
  const refused = tree.problems.find((problem) => problem.refused);
  return refused?.code ?? (tree.stores.length > 0 ? "stores" : "no store");
}

async function readEnds(source: BlockSource): Promise<void> {
  const length = Math.min(READ_BYTES, source.size);
  for (const offset of [0, source.size - length]) {
    try {
      const bytes = await source.read([{ offset, length }]);
      ok(bytes.length === length, "another length than was asked for");
      if (source instanceof MappedSource) await inside(source, offset, length);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      ok(error.message);
    }
  }
}

async function inside(source: MappedSource, offset: number, length: number): Promise<void> {
  let sum = 0;
  for (const extent of await source.locate({ offset, length })) {
    ok(extent.length > 0 || length === 0, "an empty run");
    sum += extent.length;
    if (extent.from !== "child" && extent.from !== "decode") continue;
    const end = extent.offset + (extent.from === "child" ? extent.length : extent.packed);
    const child = source.children[extent.child];
    ok(
      extent.offset >= 0 && child && end <= child.size,
      `a run that ends at ${end} behind the end`,
    );
  }
  ok(sum === length, `runs of ${sum} bytes for ${length}`);
}
