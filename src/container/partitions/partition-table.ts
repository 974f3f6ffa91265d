import type { BlockSource } from "../../source/block-source.ts";
import { readGpt } from "./gpt.ts";
import { hasSignature } from "./gpt-header.ts";
import { gptProblem } from "./gpt-problems.ts";
import { type Mbr, parseMbr, readMbr } from "./mbr.ts";
import { type PartitionTable, partitionSource } from "./partition.ts";

/**
 * The partition table of a disk; null if there is none. A GPT counts where the MBR says so
 * (is_pmbr_valid() of block/partitions/efi.c: what is left of one beside another table is stale),
 * or where there is no MBR.
 * @param head, tail its first and last bytes, some KiB of each.
 * @param looksRight whether something known begins a source: tells sectors of 4096 bytes from
 * such of 512, which an MBR does not say. @throws SourceError
 */
export async function readPartitionTable(
  disk: BlockSource,
  head: Uint8Array,
  tail: Uint8Array,
  where: string,
  looksRight: (source: BlockSource) => Promise<boolean>,
): Promise<PartitionTable | null> {
  const mbr = parseMbr(head, Math.floor(disk.size / 512));
  if (mbr && !mbr.saysGpt) return mbrOf(disk, mbr, where, looksRight);
  if (!mbr && !mentionsGpt(head, tail)) return null;
  const gpt = await readGpt(disk, where);
  if (gpt) return gpt;
  if (!mbr) {
    return { kind: "gpt", sectorBytes: 512, partitions: [], problems: [gptProblem.broken(where)] };
  }
  const table = await readMbr(disk, mbr, 512, where);
  return { ...table, problems: [gptProblem.none(where), ...table.problems] };
}

/** Whether a table may lie there: what is worth a closer look. */
export function mentionsTable(head: Uint8Array, tail: Uint8Array): boolean {
  return (head[510] === 0x55 && head[511] === 0xaa) || mentionsGpt(head, tail);
}

function mentionsGpt(head: Uint8Array, tail: Uint8Array): boolean {
  const ends = [512, 4096].map((sectorBytes) => tail.length - sectorBytes);
  return (
    [512, 4096].some((at) => hasSignature(head, at)) ||
    ends.some((at) => at >= 0 && hasSignature(tail, at))
  );
}

/** Counted in 512 bytes, unless only sectors of 4096, which the disk has room for, lead to something. */
async function mbrOf(
  disk: BlockSource,
  mbr: Mbr,
  where: string,
  looksRight: (source: BlockSource) => Promise<boolean>,
): Promise<PartitionTable> {
  const by512 = await readMbr(disk, mbr, 512, where);
  const by4096 = await readMbr(disk, mbr, 4096, where);
  if (by4096.problems.length > 0) return by512;
  const leads = (table: PartitionTable) => leadsToSomething(disk, table, looksRight);
  return !(await leads(by512)) && (await leads(by4096)) ? by4096 : by512;
}

async function leadsToSomething(
  disk: BlockSource,
  { partitions }: PartitionTable,
  looksRight: (source: BlockSource) => Promise<boolean>,
): Promise<boolean> {
  for (const partition of partitions) {
    if (partition.extended || partition.offset >= disk.size) continue;
    if (await looksRight(partitionSource(disk, partition))) return true;
  }
  return false;
}
