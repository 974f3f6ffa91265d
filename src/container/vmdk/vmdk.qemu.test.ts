import { readLikeQemu } from "../../../testing/like-qemu.ts";
import type { Making } from "../../../testing/qemu-images.ts";

const MIB = 1 << 20;

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

readLikeQemu(
  Object.fromEntries(
    Object.entries(IMAGES).map(([name, making]) => [name, { format: "vmdk", ...making }]),
  ),
);
