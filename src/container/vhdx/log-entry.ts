import { crc32c } from "./crc32c.ts";
import { guidAt } from "./vhdx-header.ts";

/** One write that the log holds: a sector, or a run of zeros. */
export type LogWrite = { offset: bigint; bytes: Uint8Array } | { offset: bigint; zeros: bigint };

/** What was written in one go ([MS-VHDX] 2.3.1). */
export interface LogEntry {
  sequence: bigint;
  /** In bytes. */
  length: number;
  /** Where in the log the oldest entry begins that is still needed. */
  tail: number;
  /** As long as the file must be at least. */
  flushed: bigint;
  /** As long as the file is afterwards. */
  last: bigint;
  writes: LogWrite[];
}

export const LOG_SECTOR = 4096;
const HEADER_BYTES = 64;
const DESCRIPTOR_BYTES = 32;
const CHECKSUM_AT = 4;
/** "loge", "desc", "zero" and "data" */
const ENTRY = 0x65676f6c;
const DATA_DESCRIPTOR = 0x63736564;
const ZERO_DESCRIPTOR = 0x6f72657a;
const DATA_SECTOR = 0x61746164;

/** Whether an entry may begin here: what tells it cheaply from anything else. */
export function entryLength(sector: DataView, logId: string): number | null {
  if (sector.getUint32(0, true) !== ENTRY || guidAt(sector, 32) !== logId) return null;
  const length = sector.getUint32(8, true);
  return length === 0 || length % LOG_SECTOR !== 0 ? null : length;
}

/** @param view the whole entry. null: it is none, it was not written to the end or is damaged. */
export function parseEntry(view: DataView): LogEntry | null {
  if (crc32c(view, CHECKSUM_AT) !== view.getUint32(CHECKSUM_AT, true)) return null;
  const sequence = view.getBigUint64(16, true);
  const writes = readWrites(view, sequence, view.getUint32(24, true));
  if (!writes) return null;
  return {
    sequence,
    writes,
    length: view.byteLength,
    tail: view.getUint32(12, true),
    flushed: view.getBigUint64(48, true),
    last: view.getBigUint64(56, true),
  };
}

function readWrites(view: DataView, sequence: bigint, count: number): LogWrite[] | null {
  const writes: LogWrite[] = [];
  let data = Math.ceil((HEADER_BYTES + count * DESCRIPTOR_BYTES) / LOG_SECTOR) * LOG_SECTOR;
  if (data > view.byteLength) return null;
  for (let i = 0; i < count; i++) {
    const at = HEADER_BYTES + i * DESCRIPTOR_BYTES;
    const offset = view.getBigUint64(at + 16, true);
    if (view.getBigUint64(at + 24, true) !== sequence) return null;
    const signature = view.getUint32(at, true);
    if (signature === ZERO_DESCRIPTOR) {
      writes.push({ offset, zeros: view.getBigUint64(at + 8, true) });
    } else if (signature === DATA_DESCRIPTOR) {
      const bytes = sectorOf(view, at, data, sequence);
      if (!bytes) return null;
      writes.push({ offset, bytes });
      data += LOG_SECTOR;
    } else return null;
  }
  return writes;
}

/** Its first 8 and last 4 bytes stand in the descriptor: a sequence number is in their place. */
function sectorOf(view: DataView, descriptor: number, at: number, sequence: bigint) {
  if (at + LOG_SECTOR > view.byteLength) return null;
  if (view.getUint32(at, true) !== DATA_SECTOR) return null;
  const high = BigInt(view.getUint32(at + 4, true));
  const low = BigInt(view.getUint32(at + LOG_SECTOR - 4, true));
  if (((high << 32n) | low) !== sequence) return null;
  const of = (start: number, length: number) =>
    new Uint8Array(view.buffer, view.byteOffset + start, length);
  const bytes = of(at, LOG_SECTOR).slice();
  bytes.set(of(descriptor + 8, 8), 0);
  bytes.set(of(descriptor + 4, 4), LOG_SECTOR - 4);
  return bytes;
}
