import { describe, test } from "vitest";
import { openFirst } from "../../../testing/handed-over.ts";
import { type Making, makeImage, QEMU_IS_MISSING } from "../../../testing/qemu-images.ts";
import { seededRng } from "../../../testing/random.ts";
import { expectRandomReads } from "../../../testing/random-reads.ts";
import { diskImages } from "../disk-images.ts";
import { vmdkOver } from "./vmdk.ts";

const MIB = 1 << 20;
const READS = 1000;

const IMAGES: Record<string, Omit<Making, "format">> = {
  sparse: { size: 6 * MIB + 512, commands: 60 },
  "sparse with grains of zeros": { size: 6 * MIB, options: "zeroed_grain=on", commands: 60 },
  "a stream of packed grains": { size: 6 * MIB + 512, options: "subformat=streamOptimized" },
  flat: { size: 4 * MIB + 512, options: "subformat=monolithicFlat", commands: 30 },
  "sparse in parts of 2 GiB": {
    ...{ size: 6 * MIB, options: "subformat=twoGbMaxExtentSparse", commands: 60 },
  },
  "flat in parts of 2 GiB": {
    ...{ size: 4 * MIB, options: "subformat=twoGbMaxExtentFlat", commands: 30 },
  },
  "two overlays": {
    ...{ size: 6 * MIB + 512, commands: 30 },
    overlays: [{ format: "vmdk" }, { format: "vmdk" }],
  },
  "a qcow2 over it": { size: 5 * MIB, commands: 30, overlays: [{ format: "qcow2" }] },
};

describe.skipIf(QEMU_IS_MISSING)(`${READS} random reads are what qemu-img reads`, () => {
  test.each(Object.entries(IMAGES))("%s", async (name, making) => {
    const rng = seededRng(name.length * 977 + making.size);
    const { files, flat } = makeImage(rng, { format: "vmdk", ...making });
    const wrapper = diskImages.find(({ kind }) => files[0]?.name.endsWith(kind));
    const opened = await openFirst(wrapper ?? vmdkOver(() => diskImages), files);
    if (!opened.ok) throw new Error(opened.problem.message);
    await expectRandomReads(rng, opened.value.source, flat, READS);
  });
});
