import { type BlockSource, isRun } from "../../source/block-source.ts";
import { mbrProblem } from "./mbr-problems.ts";
import type { Partition, PartitionTable } from "./partition.ts";
import { partitionProblems } from "./partition-problems.ts";

/** Type of the one entry that protects a GPT, and of the entry beside others in a hybrid table. */
const GPT_PROTECTIVE = 0xee;
/** DOS, Windows 95 (LBA) and Linux (is_extended_partition() of block/partitions/msdos.c). */
const EXTENDED = [0x05, 0x0f, 0x85];
/** Linux gives a disk 256 minors, and libblkid gives up after 100 links without a partition. */
const MOST_PARTITIONS = 256;
const MOST_EMPTY_LINKS = 100;

/** One of the four entries, in sectors. */
interface Entry {
  active: number;
  type: number;
  start: number;
  sectors: number;
}

/** Sector 0 as an MBR; null where it is none, whatever its last two bytes say. */
export interface Mbr {
  entries: Entry[];
  /** Whether it only stands for a GPT. */
  protective: boolean;
  /** Whether it stands for a GPT at all. */
  saysGpt: boolean;
}

/**
 * Reads the four entries. 55 AA also ends boot sectors of file systems, and code: an MBR is what
 * has entries, all with a boot flag of 0 or 80h, and one at least that begins on the disk.
 * @param sector the disk's first 512 bytes. @param sectors of the disk.
 */
export function parseMbr(sector: Uint8Array, sectors: number): Mbr | null {
  if (sector.length < 512 || sector[510] !== 0x55 || sector[511] !== 0xaa) return null;
  if (isBootSector(sector)) return null;
  const entries = entriesOf(sector);
  if (entries.some(({ active }) => active !== 0 && active !== 0x80)) return null;
  const used = entries.filter(isUsed);
  if (!used.some(({ start }) => start > 0 && start < sectors)) return null;
  const saysGpt = used.some(({ type }) => type === GPT_PROTECTIVE);
  return { entries, saysGpt, protective: saysGpt && used.length === 1 };
}

/** FAT and NTFS have their name where an MBR has code (dos.c of libblkid asks for it as well). */
function isBootSector(sector: Uint8Array): boolean {
  const text = (at: number, length: number) =>
    String.fromCharCode(...sector.subarray(at, at + length));
  return (
    text(3, 4) === "NTFS" ||
    text(3, 5) === "EXFAT" ||
    /^FAT(12|16|32)?/.test(text(54, 5)) ||
    text(82, 5) === "FAT32"
  );
}

function entriesOf(sector: Uint8Array): Entry[] {
  const view = new DataView(sector.buffer, sector.byteOffset, sector.length);
  return [0, 1, 2, 3].map((index) => {
    const at = 446 + index * 16;
    return {
      active: view.getUint8(at),
      type: view.getUint8(at + 4),
      start: view.getUint32(at + 8, true),
      sectors: view.getUint32(at + 12, true),
    };
  });
}

const isUsed = ({ type, sectors }: Entry): boolean => type !== 0 && sectors > 0;
const isExtended = ({ type }: Entry): boolean => EXTENDED.includes(type);

/**
 * Primary and logical partitions of a disk with an MBR.
 * @param sectorBytes in which the table counts. @throws SourceError
 */
export async function readMbr(
  disk: BlockSource,
  mbr: Mbr,
  sectorBytes: number,
  where: string,
): Promise<PartitionTable> {
  const table: PartitionTable = { kind: "mbr", sectorBytes, partitions: [], problems: [] };
  mbr.entries.forEach((entry, index) => {
    if (isUsed(entry)) table.partitions.push(partition(index + 1, entry, entry.start, sectorBytes));
  });
  for (const entry of mbr.entries) {
    if (isUsed(entry) && isExtended(entry)) await readChain(disk, entry, table, where);
  }
  table.problems.push(...partitionProblems(disk, table, where));
  return table;
}

/** @param start in sectors of the disk. */
function partition(number: number, entry: Entry, start: number, sectorBytes: number): Partition {
  return {
    number,
    offset: start * sectorBytes,
    bytes: entry.sectors * sectorBytes,
    type: entry.type.toString(16).padStart(2, "0"),
    extended: isExtended(entry),
  };
}

/**
 * The chain of EBRs in an extended partition (parse_extended() of block/partitions/msdos.c): a link
 * counts from the start of the extended partition, a partition from its own EBR.
 */
async function readChain(
  disk: BlockSource,
  extended: Entry,
  table: PartitionTable,
  where: string,
): Promise<void> {
  const { sectorBytes } = table;
  let number = Math.max(4, ...table.partitions.map((one) => one.number)) + 1;
  let emptyLinks = 0;
  for (let ebr = extended.start; ; ) {
    const stop = (why: string) => table.problems.push(mbrProblem.brokenChain(where, ebr, why));
    if (!isRun(ebr * sectorBytes, 512, disk.size)) {
      stop("it lies behind the end of the disk");
      return;
    }
    const sector = await disk.read([{ offset: ebr * sectorBytes, length: 512 }]);
    if (sector[510] !== 0x55 || sector[511] !== 0xaa) {
      stop("no partition table is there");
      return;
    }
    const entries = entriesOf(sector);
    const logical = entries.filter((entry, index) => isLogical(entry, index, ebr, extended));
    for (const entry of logical) {
      table.partitions.push(partition(number, entry, ebr + entry.start, sectorBytes));
      number += 1;
    }
    const link = entries.find((entry) => isUsed(entry) && isExtended(entry));
    if (!link) return;
    const next = extended.start + link.start;
    // A link back would never end; a right one leads on, as the areas lie on the disk.
    if (next <= ebr) stop(`it leads back to sector ${next}`);
    else if (link.start >= extended.sectors) stop("it leads out of the extended partition");
    else if (number > MOST_PARTITIONS) stop(`there are more than ${MOST_PARTITIONS} partitions`);
    else if (logical.length === 0 && ++emptyLinks >= MOST_EMPTY_LINKS) {
      stop(`${MOST_EMPTY_LINKS} links lead to no partition`);
    } else {
      ebr = next;
      continue;
    }
    return;
  }
}

/** The third and fourth entry are OS/2's, and stale elsewhere: they must lie inside. */
function isLogical(entry: Entry, index: number, ebr: number, extended: Entry): boolean {
  if (!isUsed(entry) || isExtended(entry)) return false;
  if (index < 2) return true;
  const start = ebr + entry.start;
  const end = extended.start + extended.sectors;
  return start >= extended.start && start + entry.sectors <= end;
}
