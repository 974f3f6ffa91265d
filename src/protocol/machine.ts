/**
 * What is in the disk images of one machine: files, the formats around them, partitions, volume
 * groups and volumes, as plain data. The bytes behind a node are looked up by its id.
 */
export interface MachineTree {
  /** The files given, in their order. */
  images: { name: string; bytes: number }[];
  /** A parent always comes before its children. */
  nodes: MachineNode[];
  /** In the order in which they lie there. */
  stores: FoundStore[];
  others: FoundOther[];
  problems: FoundProblem[];
}

export type NodeKind = "file" | "wrapper" | "partition" | "group" | "volume";

export interface MachineNode {
  /** Its place in `nodes`. */
  id: number;
  kind: NodeKind;
  /** What it lies in: none for a file, several for a volume group over several partitions or files. */
  parents: number[];
  /** What it is called where it lies: "disk.img", "qcow2", "partition 1", "vg", "vg/lv". */
  name: string;
  /** Its step of a store's path: "disk.img", "qcow2", "gpt 1", "lvm vg", "lvm vg/lv". */
  step: string;
  /** null: it has none of its own, or it cannot be told. */
  bytes: number | null;
  /** Of a partition its type, of a volume its kind: "8e", "linear", "thin"; else null. */
  type: string | null;
  /** What begins there: "ext4", "LVM2", "gpt", "COW store"; null where nothing is known of it. */
  holds: string | null;
  /** Why its bytes cannot be had; null where they can. */
  why: string | null;
  /** Whether it is there for another volume's sake only. */
  hidden: boolean;
}

/** A COW device. */
export interface FoundStore {
  /** The node whose bytes it is. */
  node: number;
  /** What picks it: unique. */
  name: string;
  /** Names of the layers that it lies in and its own, outermost first: any unique ending picks it. */
  layers: string[];
  kind: "lvm" | "bare";
  /** Steps from the file to it. */
  path: string[];
  bytes: number;
  /** As the volume group's metadata say, in sectors; null outside LVM. */
  lvmChunkSectors: number | null;
  /** Of the snapshot device, which the origin may have outgrown; null outside LVM. */
  snapshotBytes: number | null;
  /** null where there is none, or none that is known. */
  origin: FoundOrigin | null;
  merging: boolean;
  /** Whether every byte of it is there. */
  complete: boolean;
  /** What is not: "pv1 (uuid …)". */
  missing: string[];
  /** What would make it whole; null where it is. */
  lacks: StoreLack | null;
  /** Of a bundle that `cowscope pack` made, in which its data is not; absent otherwise. */
  packed?: PackedStore;
}

/**
 * disk: another disk of the machine; rescue: ddrescue, which has not read it yet; copy: all of what
 * was cut off; machine: nothing that is here, since what it lies on cannot be put together.
 */
export const STORE_LACKS = ["disk", "rescue", "copy", "machine"] as const;
export type StoreLack = (typeof STORE_LACKS)[number];

/** What a bundle says of the store in it. */
export interface PackedStore {
  /** What it was called; a hash of that unless names were kept. */
  name: string;
  /** As the volume group's metadata said, in sectors; null outside LVM. */
  lvmChunkSectors: number | null;
  /** Of the snapshot device, in bytes; null outside LVM. */
  snapshotBytes: number | null;
  /** Whose store it is, in the same way; null outside LVM. */
  subject: StoreSubject | null;
  merging: boolean;
  /** What would have made whole what was packed; null where it was. */
  lacks: StoreLack | null;
}

/** Whose store it is, for what is to be typed. */
export interface StoreSubject {
  vg: string;
  lv: string;
  /** The origin's name in that group; null where nobody knows it. */
  origin: string | null;
}

/** What lies around a store, and what its own bytes therefore cannot tell. */
export interface StoreSetting {
  /** null: nobody knows what the volume is called. */
  subject: StoreSubject | null;
  /** Whether its group's metadata say that it is being merged; null where there is no group. */
  merging: boolean | null;
  /** What of it is not there, and what would make it whole; null where it is. */
  incomplete: { missing: readonly string[]; lacks: StoreLack } | null;
}

/** Of a file that is the store, and of which nothing else is known. */
export const NO_SETTING: StoreSetting = { subject: null, merging: null, incomplete: null };

export interface FoundOrigin {
  node: number;
  name: string;
  bytes: number;
  /** "linear", "thin" … */
  type: string | null;
  /** Whether its bytes lie in the files as they are: false for thin and raid, or without a PV. */
  complete: boolean;
  /** Whether they can be read all the same: a mirror's, or a virtual origin's zeros. */
  readable: boolean;
}

/** What else is there. */
export interface FoundOther {
  node: number;
  name: string;
  /** "lvm linear", "gpt 0fc63daf-…", "mbr 83", "file". */
  kind: string;
  bytes: number | null;
  holds: string | null;
}

/** Something amiss on the way to a store. */
export interface FoundProblem {
  /** "gpt.none": never renamed. */
  code: string;
  message: string;
  /** Which file or layer. */
  where: string;
  expected: string;
  found: string;
  todo: string;
  /** Whether what lies there could not be looked into for it. */
  refused: boolean;
}
