import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

/** A store in the disks of a row; what the kernel read of it. */
export interface DiskStore {
  /** "vg/lv", "partition N" or the file's name. */
  name: string;
  kind: "lvm" | "bare";
  where: string;
  cow_bytes: number;
  /** null: not all of it is in the files of the row. */
  cow_sha256: string | null;
  origin_name: string;
  origin_sha256: string | null;
  origin_bytes: number;
  /** As its header says; null where that is zeros or not there. */
  chunk_sectors: number | null;
  lvm_chunk_sectors: number | null;
  /** `dmsetup status` after it was activated again in a fresh machine. */
  kernel_status: string | null;
  snapshot_sha256: string | null;
  complete: boolean;
  origin_complete: boolean;
  origin_type?: string;
  merging: boolean;
  missing_pvs?: string[];
}

/** One line of fixtures/disks/disks.jsonl; fixtures/disks/README.md has every field. */
export interface DiskRow {
  id: string;
  kind: string;
  /** As they are stored, relative to fixtures/disks. */
  files: string[];
  /** The plain images; null where a wrapper cannot be read. `name` only of disks without a wrapper. */
  inner: { file?: string; name?: string; bytes: number; sha256: string }[] | null;
  /** Only of wrappers. */
  file_info?: {
    file: string;
    name: string;
    transport_gzip: boolean;
    bytes: number;
    sha256: string;
  }[];
  /** "gzip -9 …" (transport only), or the wrapper that it is about. */
  wrapper: string;
  sector_bytes?: number;
  /** As sfdisk or a small reader of GPT sees it, one a file; null: none. Only of disks without a wrapper. */
  partition_table?: ({ partitions: { n: number; start_bytes: number; bytes: number }[] } | null)[];
  stores: DiskStore[];
  others: string[];
  other_kinds: Record<string, string>;
  /** Why it must be refused, in words; null: it must be read. */
  expected_problem: string | null;
  /** sha256 of the disk in each internal snapshot of a qcow2, by name. */
  internal_snapshots?: Record<string, string> | null;
  /** Reading it or refusing it in words are both right. */
  may_refuse?: boolean | null;
}

/** A file as it is handed over: the name that overlays, extents and data files find it by. */
export interface DiskFile {
  name: string;
  bytes: Uint8Array;
}

/** From the project, where every test and script of it runs. */
const FOLDER = pathToFileURL("fixtures/disks/");

export const DISK_ROWS: readonly DiskRow[] = readFileSync(new URL("disks.jsonl", FOLDER), "utf8")
  .trim()
  .split("\n")
  .map((line): DiskRow => JSON.parse(line));

/** The row called `id`; a name that is not there is a mistake of the test. */
export function diskRow(id: string): DiskRow {
  const found = DISK_ROWS.find((row) => row.id === id);
  if (!found) throw new Error(`no disk is called ${id}`);
  return found;
}

/** The files of a row in its order, their transport undone. */
export function diskFiles(row: DiskRow): DiskFile[] {
  return row.files.map((file) => {
    const stored = readFileSync(new URL(file, FOLDER));
    const info = row.file_info?.find((one) => one.file === file);
    const packed = info ? info.transport_gzip : true;
    return {
      name: info?.name ?? basename(file, ".gz"),
      bytes: new Uint8Array(packed ? gunzipSync(stored) : stored),
    };
  });
}

/** The same in a new folder under the system's temporary one. @returns their paths, in order. */
export function diskFolder(row: DiskRow): string[] {
  const folder = mkdtempSync(join(tmpdir(), "cowscope-disk-"));
  return diskFiles(row).map(({ name, bytes }) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
}
