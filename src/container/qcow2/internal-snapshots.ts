import type { ImageFile } from "../image-file.ts";
import { text } from "./extensions.ts";
import type { Qcow2Header } from "./header.ts";

/** Another state of the same disk, kept inside the image. */
export interface InternalSnapshot {
  name: string;
  /** Of the disk then, in bytes; null: as it is now. */
  size: number | null;
  l1: { offset: number; entries: number };
}

/** As much of their table as is read. */
const MOST_BYTES = 1 << 20;
const FIXED_BYTES = 40;
/** Of the extra data, as far as it is known: 8 bytes of the machine's state, 8 of the disk's size. */
const EXTRA_BYTES = 16;

/** The table of internal snapshots, as far as it lies in the file. */
export async function readInternalSnapshots(
  file: ImageFile,
  { snapshots }: Qcow2Header,
): Promise<InternalSnapshot[]> {
  const found: InternalSnapshot[] = [];
  const length = Math.min(Math.max(file.size - snapshots.offset, 0), MOST_BYTES);
  if (snapshots.count === 0 || length === 0) return found;
  const table = await file.read(snapshots.offset, length, "its table of internal snapshots");
  for (let at = 0; found.length < snapshots.count && at + FIXED_BYTES <= length; ) {
    const idBytes = table.getUint16(at + 12);
    const nameBytes = table.getUint16(at + 14);
    const extraBytes = table.getUint32(at + 36);
    const nameAt = at + FIXED_BYTES + extraBytes + idBytes;
    if (nameAt + nameBytes > length) break;
    found.push({
      name: text(new DataView(table.buffer, table.byteOffset + nameAt, nameBytes)),
      size: extraBytes < EXTRA_BYTES ? null : Number(table.getBigUint64(at + FIXED_BYTES + 8)),
      l1: { offset: Number(table.getBigUint64(at)), entries: table.getUint32(at + 8) },
    });
    at = Math.ceil((nameAt + nameBytes) / 8) * 8;
  }
  return found;
}
