import type { DeviceText } from "./group-text.ts";

/** A device of the group, and how much of it was given. */
export interface Device {
  text: DeviceText;
  /** In bytes; null: it was not given. */
  size: number | null;
}

/** "pv1 (uuid …)": LVM's own name for it says little, its UUID is written on the disk. */
export const deviceLabel = ({ name, uuid }: DeviceText) => `${name} (uuid ${uuid})`;

/** Whether a sentence names one in that way: then it is missing. */
export const namesDevice = (why: string): boolean => / \(uuid [^)]+\)/.test(why);
