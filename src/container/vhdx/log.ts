import type { ImageFile } from "../image-file.ts";
import { entryLength, LOG_SECTOR, type LogEntry, parseEntry } from "./log-entry.ts";
import type { VhdxHeader } from "./vhdx-header.ts";

/** Writers use 1 MiB. */
const MOST_LOG_BYTES = 16 << 20;
/** How many times the log's length in entries is checked: old ones may overlap, but not that often. */
const MOST_CHECKED = 4;
/** Each is checked against all sectors of the log. */
const MOST_WRITES = 16_384;

/**
 * What was written to the log but perhaps not yet to its place, oldest first: the sequence of
 * entries that ends with the newest and begins where that says ([MS-VHDX] 2.3.3). Empty: none is
 * whole, so nothing that was logged can have reached its place.
 */
export async function readLog(file: ImageFile, { logId, log }: VhdxHeader): Promise<LogEntry[]> {
  if (log.length > MOST_LOG_BYTES || log.length % LOG_SECTOR !== 0) {
    file.damaged(`a log of ${log.length} bytes`, `sectors, ${MOST_LOG_BYTES} bytes at most`);
  }
  const view = await file.read(log.offset, log.length, "its log");
  const ring = new Ring(file, new Uint8Array(view.buffer, view.byteOffset, log.length), logId);
  const entries = newestSequence(ring);
  if (entries.reduce((sum, { writes }) => sum + writes.length, 0) > MOST_WRITES) {
    file.damaged("far too many writes in its log", `${MOST_WRITES} at most`);
  }
  return entries;
}

/** The log as a ring: an entry may begin near its end and go on at its start. */
class Ring {
  private readonly known = new Map<number, LogEntry | null>();
  private checked = 0;

  constructor(
    private readonly file: ImageFile,
    private readonly bytes: Uint8Array,
    private readonly logId: string,
  ) {}

  get length(): number {
    return this.bytes.length;
  }

  /** null: no entry that is whole begins here. */
  entryAt(offset: number): LogEntry | null {
    const known = this.known.get(offset);
    if (known !== undefined) return known;
    const entry = this.parse(offset);
    this.known.set(offset, entry);
    return entry;
  }

  private parse(offset: number): LogEntry | null {
    const { buffer, byteOffset } = this.bytes;
    const length = entryLength(new DataView(buffer, byteOffset + offset, LOG_SECTOR), this.logId);
    if (length === null || length > this.length) return null;
    this.checked += length;
    if (this.checked > MOST_CHECKED * this.length) {
      this.file.damaged("entries in its log that lie over each other", "one behind the other");
    }
    const upToEnd = this.bytes.subarray(offset, offset + length);
    if (upToEnd.length === length)
      return parseEntry(new DataView(buffer, byteOffset + offset, length));
    const entry = new Uint8Array(length);
    entry.set(upToEnd);
    entry.set(this.bytes.subarray(0, length - upToEnd.length), upToEnd.length);
    return parseEntry(new DataView(entry.buffer));
  }
}

/** Of all sequences without a gap, the one that ends with the greatest number and is whole. */
function newestSequence(ring: Ring): LogEntry[] {
  let newest: LogEntry[] = [];
  for (let start = 0; start < ring.length; start += LOG_SECTOR) {
    const first = ring.entryAt(start);
    if (!first) continue;
    const entries = sequenceFrom(ring, start);
    const last = entries.at(-1);
    // An entry that needs older ones belongs to a sequence that begins with them.
    if (!last || last.tail !== start) continue;
    if (last.sequence > (newest.at(-1)?.sequence ?? 0n)) newest = entries;
  }
  return newest;
}

function sequenceFrom(ring: Ring, start: number): LogEntry[] {
  const entries: LogEntry[] = [];
  let covered = 0;
  for (let at = start; ; ) {
    const entry = ring.entryAt(at);
    const before = entries.at(-1);
    if (!entry || (before && entry.sequence !== before.sequence + 1n)) return entries;
    covered += entry.length;
    // More than once round: no writer does that, it would write over its own start.
    if (covered > ring.length) return entries;
    entries.push(entry);
    at = (at + entry.length) % ring.length;
  }
}
