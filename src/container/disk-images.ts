import { qcow2Over } from "./qcow2/qcow2.ts";
import { vmdkOver } from "./vmdk/vmdk.ts";
import type { Wrapper } from "./wrapper.ts";

/** The formats of virtual machines' disks: each may lie under an overlay in another. */
export const diskImages: readonly Wrapper[] = [qcow2Over(all), vmdkOver(all)];

function all(): readonly Wrapper[] {
  return diskImages;
}
