import { put } from "./opening.ts";

/** One write that a log holds. */
export type LoggedWrite = { at: number; bytes: Uint8Array } | { at: number; zeros: number };

/** An entry of a log, as [MS-VHDX] 2.3.1 has it. */
export interface LoggedEntry {
  sequence: number;
  /** Where in the log it begins, and where the oldest that it needs does: in bytes. */
  at: number;
  tail: number;
  writes: LoggedWrite[];
  /** As long as the file must be; as it is, where it is left out. */
  flushed?: number;
  /** Whether it was not written to the end. */
  torn?: boolean;
}

const SECTOR = 4096;
const HEADERS = [64 << 10, 128 << 10];
const LOG_ID = Uint8Array.from({ length: 16 }, (_, i) => i + 1);

/** Bit by bit, so that it shares nothing with the table that is tested. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** Writes the checksum of `bytes` to its place in them. */
export function sign(bytes: Uint8Array): void {
  put(bytes, 4, 0, 4, true);
  put(bytes, 4, crc32c(bytes), 4, true);
}

function entryBytes(entry: LoggedEntry, fileBytes: number): Uint8Array {
  const { writes, sequence } = entry;
  const descriptors = Math.ceil((64 + writes.length * 32) / SECTOR) * SECTOR;
  const data = writes.filter((write) => "bytes" in write).length;
  const bytes = new Uint8Array(descriptors + data * SECTOR);
  const set = (at: number, value: number | bigint, length: number) =>
    put(bytes, at, value, length, true);
  bytes.set(new TextEncoder().encode("loge"));
  set(8, bytes.length, 4);
  set(12, entry.tail, 4);
  set(16, sequence, 8);
  set(24, writes.length, 4);
  bytes.set(LOG_ID, 32);
  set(48, entry.flushed ?? fileBytes, 8);
  set(56, fileBytes, 8);
  let sector = descriptors;
  for (const [i, write] of writes.entries()) {
    const at = 64 + i * 32;
    set(at + 16, write.at, 8);
    set(at + 24, sequence, 8);
    if ("zeros" in write) {
      bytes.set(new TextEncoder().encode("zero"), at);
      set(at + 8, write.zeros, 8);
      continue;
    }
    bytes.set(new TextEncoder().encode("desc"), at);
    bytes.set(write.bytes.subarray(SECTOR - 4), at + 4);
    bytes.set(write.bytes.subarray(0, 8), at + 8);
    bytes.set(write.bytes, sector);
    bytes.set(new TextEncoder().encode("data"), sector);
    set(sector + 4, 0, 4);
    set(sector + SECTOR - 4, sequence, 4);
    sector += SECTOR;
  }
  sign(bytes);
  if (entry.torn) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff;
  return bytes;
}

/** A VHDX as a crash leaves it: with entries in its log that were not yet carried out. */
export function withLog(clean: Uint8Array, entries: readonly LoggedEntry[]): Uint8Array {
  const file = clean.slice();
  const view = new DataView(file.buffer);
  const sequence = (at: number) => view.getBigUint64(at + 8, true);
  const [first = 0, second = 0] = HEADERS;
  const at = sequence(second) > sequence(first) ? second : first;
  const header = file.subarray(at, at + SECTOR);
  header.set(LOG_ID, 48);
  sign(header);
  const length = view.getUint32(at + 68, true);
  const log = file.subarray(Number(view.getBigUint64(at + 72, true))).subarray(0, length);
  for (const entry of entries) {
    for (const [i, byte] of entryBytes(entry, file.length).entries()) {
      log[(entry.at + i) % length] = byte;
    }
  }
  return file;
}

/** The file after these writes, one after the other. */
export function carriedOut(clean: Uint8Array, entries: readonly LoggedEntry[]): Uint8Array {
  const file = clean.slice();
  for (const write of entries.flatMap(({ writes }) => writes)) {
    if ("bytes" in write) file.set(write.bytes, write.at);
    else file.fill(0, write.at, write.at + write.zeros);
  }
  return file;
}
