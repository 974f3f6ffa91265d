import { readLikeQemu } from "../../../testing/like-qemu.ts";

const MIB = 1 << 20;

readLikeQemu({
  plain: { format: "qcow", size: 5 * MIB + 512, commands: 40 },
  "overlays over it": {
    ...{ format: "qcow", size: 4 * MIB, commands: 30 },
    overlays: [{ format: "qcow" }, { format: "qcow2" }],
  },
});
