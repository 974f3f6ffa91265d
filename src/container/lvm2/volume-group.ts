import type { MappedSource } from "../../source/mapped-source.ts";

/** A volume group, as the highest valid copy of its description has it. */
export interface VolumeGroup {
  name: string;
  uuid: string;
  /** How often it was changed. */
  seqno: number;
  extentBytes: number;
  /** Its physical volumes that were not given: "pv1 (uuid …)". */
  missing: string[];
  /** In the order of the text, without LVM's `snapshotN`, which hold nothing. */
  volumes: LogicalVolume[];
  snapshots: LvmSnapshot[];
}

export interface LogicalVolume {
  name: string;
  uuid: string;
  /** The types of its segments: "linear", "striped", "thin", "raid1", "linear + striped" … */
  kind: string;
  /** False: LVM keeps it out of sight, a part of another or a snapshot's. */
  visible: boolean;
  /** 0 where it cannot be told. */
  bytes: number;
  /**
   * What it reads as, and can be read at once where the devices can. Bytes that were not given are
   * holes. Null: its bytes cannot be put together, `why` says why.
   */
  source: MappedSource | null;
  /** Why it has no source or is incomplete, or how one of several copies was chosen. */
  why: string | null;
  /** Every byte of it is in what was given. */
  complete: boolean;
  /** It is made of linear and striped segments alone: nothing kept elsewhere decides what it holds. */
  plain: boolean;
  /** Devices it lies on that were not given, 100 at most: "pv1 (uuid …)". */
  missing: string[];
}

/** A snapshot of LVM's (lib/snapshot/snapshot.c): the table line it loads is `P` and `chunkSectors`. */
export interface LvmSnapshot {
  /** The volume with the name that the user knows; its bytes are the store. */
  cow: LogicalVolume;
  /** Null: the group has none of that name. */
  origin: LogicalVolume | null;
  /** The origin's bytes are there and plain (false for thin, RAID, zero, a missing device). */
  originComplete: boolean;
  /** The origin is no volume of the user's: it reads as zeros (lvcreate --virtualsize). */
  virtualOrigin: boolean;
  /** Of the snapshot device. */
  bytes: number;
  chunkSectors: number;
  /** It is being merged back into its origin. */
  merging: boolean;
}
