import { readLikeQemu } from "../../../testing/like-qemu.ts";

const MIB = 1 << 20;

readLikeQemu({
  "dynamic, blocks where they were first written": { format: "vdi", size: 12 * MIB, commands: 80 },
  "dynamic, the last block short": { format: "vdi", size: 6 * MIB + 1536, commands: 60 },
  static: { format: "vdi", size: 5 * MIB, options: "static=on", commands: 30 },
  "a qcow2 over it": {
    format: "vdi",
    size: 5 * MIB,
    commands: 30,
    overlays: [{ format: "qcow2" }],
  },
});
