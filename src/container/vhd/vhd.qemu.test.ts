import { readLikeQemu } from "../../../testing/like-qemu.ts";

const MIB = 1 << 20;

readLikeQemu({
  dynamic: { format: "vpc", size: 9 * MIB, commands: 60 },
  "dynamic, of the size that was asked for": {
    ...{ format: "vpc", size: 9 * MIB + 512, options: "force_size=on", commands: 60 },
  },
  fixed: { format: "vpc", size: 5 * MIB, options: "subformat=fixed", commands: 30 },
  "fixed, of the size that was asked for": {
    ...{ format: "vpc", size: 5 * MIB, options: "subformat=fixed,force_size=on", commands: 30 },
  },
  "a qcow2 over a dynamic one": {
    ...{ format: "vpc", size: 5 * MIB, options: "force_size=on", commands: 30 },
    overlays: [{ format: "qcow2" }],
  },
});
