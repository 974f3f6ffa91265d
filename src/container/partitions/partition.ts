import type { BlockSource } from "../../source/block-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import type { Extent, Mapping } from "../../source/mapping.ts";
import { ExtentList } from "../tables/extent-list.ts";
import type { ContainerProblem } from "../wrapper.ts";

/** As a table has it, in bytes; it may reach beyond the end of the disk. */
export interface Partition {
  /** As Linux numbers it: logical partitions begin at 5. */
  number: number;
  offset: number;
  bytes: number;
  /** "83", "e6d6d379-f507-44c2-a23c-238f2a3df928": as the table has it, in hexadecimal. */
  type: string;
  /** An extended partition holds others, and nothing else. */
  extended: boolean;
}

export interface PartitionTable {
  kind: "mbr" | "gpt";
  /** In which its places are counted: 512 or 4096. */
  sectorBytes: number;
  partitions: Partition[];
  problems: ContainerProblem[];
}

/** A partition's bytes; what would lie behind the end of the disk is a hole. */
export function partitionSource(disk: BlockSource, partition: Partition): BlockSource {
  return new MappedSource(new PartitionMapping(disk, partition));
}

class PartitionMapping implements Mapping {
  readonly size: number;
  readonly path: string;
  readonly children: readonly BlockSource[];
  private readonly start: number;
  /** Bytes of it that the disk holds. */
  private readonly held: number;

  constructor(disk: BlockSource, { number, offset, bytes }: Partition) {
    this.children = [disk];
    this.path = `partition ${number}`;
    this.size = bytes;
    this.start = offset;
    this.held = Math.min(bytes, Math.max(0, disk.size - offset));
  }

  extents(offset: number, length: number): Extent[] {
    const inside = Math.min(length, Math.max(0, this.held - offset));
    const out = new ExtentList();
    out.child(0, this.start + offset, inside);
    out.hole(`the disk ends ${this.held} bytes into this partition`, length - inside);
    return out.extents;
  }
}
