import { readLikeQemu } from "../../../testing/like-qemu.ts";

const MIB = 1 << 20;

readLikeQemu({
  "dynamic, blocks of 1 MiB": {
    ...{ format: "vhdx", size: 9 * MIB, options: "block_size=1M", commands: 60 },
  },
  "dynamic, blocks of 2 MiB, size no multiple of it": {
    ...{ format: "vhdx", size: 9 * MIB + 512, options: "block_size=2M", commands: 60 },
  },
  "dynamic, blocks of 256 MiB": {
    ...{ format: "vhdx", size: 5 * MIB, options: "block_size=256M", commands: 30 },
  },
  fixed: { format: "vhdx", size: 5 * MIB, options: "subformat=fixed", commands: 30 },
  "a qcow2 over it": {
    format: "vhdx",
    size: 5 * MIB,
    commands: 30,
    overlays: [{ format: "qcow2" }],
  },
});
