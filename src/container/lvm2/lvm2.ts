/** LVM2: disks in, volumes out. What it says of snapshots is what LVM loads into the kernel. */
export { assembleGroups } from "./groups.ts";
export { type PhysicalVolume, readPhysicalVolume } from "./physical-volume.ts";
export type { Lvm2Code, Lvm2Problem } from "./problems.ts";
export type {
  LogicalVolume,
  LvmSnapshot,
  VolumeGroup,
} from "./volume-group.ts";
