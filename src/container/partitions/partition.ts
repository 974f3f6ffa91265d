import type { BlockSource } from "../../source/block-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import { type Run, Runs } from "../tables/runs.ts";
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
export function partitionSource(
  disk: BlockSource,
  { number, offset, bytes }: Partition,
): BlockSource {
  const held = Math.min(bytes, Math.max(0, disk.size - offset));
  const why = `the disk ends ${held} bytes into this partition`;
  const runs: Run[] = [
    { from: "child", child: 0, offset, length: held },
    { from: "hole", why, length: bytes - held },
  ];
  return new MappedSource(new Runs(`partition ${number}`, [disk], runs));
}
