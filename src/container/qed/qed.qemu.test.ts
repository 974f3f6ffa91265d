import { readLikeQemu } from "../../../testing/like-qemu.ts";

const MIB = 1 << 20;

readLikeQemu({
  plain: { format: "qed", size: 5 * MIB + 512, commands: 40 },
  "clusters of 16 KiB, tables of two": {
    ...{ format: "qed", size: 5 * MIB, options: "cluster_size=16384,table_size=2", commands: 40 },
  },
  "overlays over it": {
    ...{ format: "qed", size: 4 * MIB, commands: 30 },
    overlays: [{ format: "qed" }, { format: "qcow2" }],
  },
});
