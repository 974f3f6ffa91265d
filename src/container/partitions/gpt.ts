import { type BlockSource, isRun } from "../../source/block-source.ts";
import { crc32 } from "../stream/crc32.ts";
import type { ContainerProblem } from "../wrapper.ts";
import { type GptHeader, hasSignature, parseGptHeader } from "./gpt-header.ts";
import { gptProblem } from "./gpt-problems.ts";
import type { Partition, PartitionTable } from "./partition.ts";
import { partitionProblems } from "./partition-problems.ts";

const SECTOR_BYTES = [512, 4096];
/** Where a backup is looked for that lies neither where it should nor at the end. */
const SCANNED_BYTES = 1 << 20;

/** A header, and the entries that its checksum vouches for. */
interface Copy {
  header: GptHeader;
  entries: Uint8Array;
}

/**
 * The partitions of a disk with a GPT: by its first header, else by the one that names its place,
 * at the last sector, or in the last MiB. `problems` says what is wrong with the copies.
 * @returns null if none of them is whole. @throws SourceError
 */
export async function readGpt(disk: BlockSource, where: string): Promise<PartitionTable | null> {
  const primaries: (GptHeader | null)[] = [];
  for (const sectorBytes of SECTOR_BYTES) {
    const header = await headerAt(disk, 1, sectorBytes);
    primaries.push(header);
    const copy = header && (await copyOf(disk, header));
    if (copy) return tableOf(disk, copy, await backupProblems(disk, copy.header, where), where);
  }
  const backup = await findBackup(disk, primaries.find((header) => header !== null) ?? null);
  return backup && tableOf(disk, backup, [gptProblem.primaryBad(where)], where);
}

async function headerAt(
  disk: BlockSource,
  lba: number,
  sectorBytes: number,
): Promise<GptHeader | null> {
  const offset = lba * sectorBytes;
  if (!isRun(offset, sectorBytes, disk.size)) return null;
  return parseGptHeader(await disk.read([{ offset, length: sectorBytes }]), lba);
}

async function copyOf(disk: BlockSource, header: GptHeader): Promise<Copy | null> {
  const { entriesLba, sectorBytes, entryCount, entryBytes, entriesCrc } = header;
  const offset = Number(entriesLba) * sectorBytes;
  const length = entryCount * entryBytes;
  if (!isRun(offset, length, disk.size)) return null;
  const entries = await disk.read([{ offset, length }]);
  return crc32(0, entries) === entriesCrc ? { header, entries } : null;
}

/** @param primary whose entries are bad, but which says where the backup lies. */
async function findBackup(disk: BlockSource, primary: GptHeader | null): Promise<Copy | null> {
  if (primary) {
    const copy = await copyAt(disk, Number(primary.alternate), primary.sectorBytes);
    if (copy) return copy;
  }
  for (const sectorBytes of SECTOR_BYTES) {
    const copy = await copyAt(disk, Math.floor(disk.size / sectorBytes) - 1, sectorBytes);
    if (copy) return copy;
  }
  return scanEnd(disk);
}

async function copyAt(disk: BlockSource, lba: number, sectorBytes: number): Promise<Copy | null> {
  const header = lba > 1 ? await headerAt(disk, lba, sectorBytes) : null;
  return header && copyOf(disk, header);
}

/** The last header in the last MiB: what is behind it came there when the disk grew. */
async function scanEnd(disk: BlockSource): Promise<Copy | null> {
  const start = Math.max(0, Math.floor((disk.size - SCANNED_BYTES) / 512) * 512);
  const bytes = await disk.read([{ offset: start, length: disk.size - start }]);
  for (let at = bytes.length - (bytes.length % 512) - 512; at >= 0; at -= 512) {
    if (!hasSignature(bytes, at)) continue;
    for (const sectorBytes of SECTOR_BYTES) {
      const lba = (start + at) / sectorBytes;
      const copy = Number.isInteger(lba) ? await copyAt(disk, lba, sectorBytes) : null;
      if (copy) return copy;
    }
  }
  return null;
}

/** What is wrong with the backup that a good primary names: nothing is lost by it. */
async function backupProblems(
  disk: BlockSource,
  { alternate, sectorBytes }: GptHeader,
  where: string,
): Promise<ContainerProblem[]> {
  const lba = Number(alternate);
  if (!isRun(lba * sectorBytes, sectorBytes, disk.size)) {
    return [gptProblem.backupMissing(where, alternate, sectorBytes, disk.size)];
  }
  return (await copyAt(disk, lba, sectorBytes)) ? [] : [gptProblem.backupBad(where, alternate)];
}

function tableOf(
  disk: BlockSource,
  { header, entries }: Copy,
  problems: ContainerProblem[],
  where: string,
): PartitionTable {
  const { sectorBytes, entryCount, entryBytes } = header;
  const partitions: Partition[] = [];
  const impossible: number[] = [];
  for (let index = 0; index < entryCount; index++) {
    const entry = new DataView(entries.buffer, entries.byteOffset + index * entryBytes, entryBytes);
    const type = guid(entry);
    if (type === NO_TYPE) continue;
    const first = entry.getBigUint64(32, true);
    // Included, unlike the end of everything else here.
    const last = entry.getBigUint64(40, true);
    const offset = Number(first) * sectorBytes;
    const bytes = Number(last - first + 1n) * sectorBytes;
    if (first > last || first === 0n || !isRun(offset, bytes, Number.MAX_SAFE_INTEGER)) {
      impossible.push(index + 1);
    } else partitions.push({ number: index + 1, offset, bytes, type, extended: false });
  }
  const table: PartitionTable = { kind: "gpt", sectorBytes, partitions, problems };
  if (impossible.length > 0) problems.push(gptProblem.entries(where, impossible));
  problems.push(...partitionProblems(disk, table, where));
  return table;
}

const NO_TYPE = "00000000-0000-0000-0000-000000000000";

/** The GUID at the start, as it is written: its first three parts are little endian. */
function guid(view: DataView): string {
  const hex = (value: number | bigint, digits: number) => value.toString(16).padStart(digits, "0");
  const tail = view.getBigUint64(8);
  return [
    hex(view.getUint32(0, true), 8),
    hex(view.getUint16(4, true), 4),
    hex(view.getUint16(6, true), 4),
    hex(tail >> 48n, 4),
    hex(tail & 0xffff_ffff_ffffn, 12),
  ].join("-");
}
