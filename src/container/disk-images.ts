import { qcow1Over } from "./qcow1/qcow1.ts";
import { qcow2Over } from "./qcow2/qcow2.ts";
import { qedOver } from "./qed/qed.ts";
import { vdi } from "./vdi/vdi.ts";
import { vhd } from "./vhd/vhd.ts";
import { vhdx } from "./vhdx/vhdx.ts";
import { vmdkOver } from "./vmdk/vmdk.ts";
import type { Wrapper } from "./wrapper.ts";

/** The formats of virtual machines' disks: each may lie under an overlay in another. */
export const diskImages: readonly Wrapper[] = [
  ...[qcow2Over(all), vmdkOver(all), vhdx, vhd, vdi, qcow1Over(all), qedOver(all)],
];

function all(): readonly Wrapper[] {
  return diskImages;
}
