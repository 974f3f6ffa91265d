import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { headerBytes, SECTOR, SNAP_MAGIC } from "../disk.ts";
import type { RecordedVerdict } from "../fixtures.ts";
import { jsonLines } from "../json-lines.ts";
import type { OldAnswer } from "../old-answer.ts";

/** A store that was given to a kernel, and what that kernel did. */
export interface CorpusRow {
  /** Its release, as `--kernel` takes it. */
  kernel: string;
  name: string;
  cow: () => Uint8Array;
  /** Null where it was not recorded. */
  originSectors: number | null;
  tableChunk: number;
  blockSize: number;
  answer: BootedAnswer | OwnCodeAnswer;
}

/** A kernel in a virtual machine. */
export interface BootedAnswer {
  how: "booted";
  verdict: Omit<RecordedVerdict, "modifiedSectors" | "tableChunk">;
  /** Of the store after activation; null where the kernel died, or it was not recorded. */
  sha256After: string | null;
  origin: () => Uint8Array;
}

/** A kernel's driver, run in userland: nothing was read through it. */
export interface OwnCodeAnswer {
  how: "own code";
  answer: OldAnswer;
  /** First and last sector that activation wrote; null for none, left out where not recorded. */
  written?: [number, number] | null;
}

interface BootedLine {
  id: string;
  family: string;
  file: string;
  origin: string | null;
  origin_sectors: number;
  table_chunk_sectors: number;
  block_size?: number;
  create_rc: number;
  create_stderr: string;
  dmesg: string[];
  crash?: string | null;
  status: string | null;
  sha256_snapshot: string | null;
  unreadable_chunks: [number, number][] | null;
  read_chunk_bytes: number | null;
  cow_sha256_after: string;
}

interface OldLine extends OldAnswer {
  file: string;
  kernel: string;
  origin_sectors: number;
  table_chunk_sectors: number;
  written_sectors: [number, number] | null;
}

/** What `verdicts.jsonl` and `race/` were asked of. */
const STOCK = "6.1.192";

/** Every row of a corpus folder: kernel by kernel, an image's rows together. */
export function corpusRows(folder: string): CorpusRow[] {
  const booted = (kernel: string, inside: string, ...names: string[]) =>
    names.flatMap((name) =>
      linesOf<BootedLine>(path.join(folder, inside, name)).map((line) =>
        bootedRow(kernel, path.join(folder, inside), line),
      ),
    );
  const others = path.join(folder, "kernels");
  const releases = existsSync(others)
    ? readdirSync(others, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  const every = ["verdicts.jsonl", "verdicts-4k.jsonl", "crashes.jsonl"];
  const old = linesOf<OldLine>(path.join(folder, "old-kernels.jsonl.gz"));
  return [
    ...booted(STOCK, "", "verdicts.jsonl"),
    ...booted(STOCK, "race", "verdicts.jsonl"),
    ...releases.flatMap(({ name }) => booted(name, path.join("kernels", name), ...every)),
    ...old.map((line) => oldRow(folder, line)),
  ];
}

function bootedRow(kernel: string, folder: string, line: BootedLine): CorpusRow {
  const { create_rc, create_stderr, dmesg, status, crash, origin_sectors } = line;
  return {
    kernel,
    name: `${line.id} (${line.family})`,
    cow: () => bytesOf(path.join(folder, line.file)),
    originSectors: origin_sectors,
    tableChunk: line.table_chunk_sectors,
    blockSize: line.block_size ?? SECTOR,
    answer: {
      how: "booted",
      verdict: {
        createRc: create_rc,
        createStderr: create_stderr,
        dmesg: crash ? [`${crash}!`] : dmesg,
        status,
        sha256Snapshot: line.sha256_snapshot,
        unreadableChunks: line.unreadable_chunks,
        readChunkBytes: line.read_chunk_bytes,
      },
      sha256After: crash ? null : line.cow_sha256_after,
      origin: () =>
        line.origin
          ? bytesOf(path.join(folder, line.origin))
          : new Uint8Array(origin_sectors * SECTOR),
    },
  };
}

function oldRow(folder: string, line: OldLine): CorpusRow {
  const { rc, messages, status, bug } = line;
  return {
    kernel: line.kernel.replace(/ \(.*$/, ""),
    name: line.file,
    cow: () => synthetic(line.file) ?? bytesOf(path.join(folder, line.file)),
    originSectors: line.origin_sectors,
    tableChunk: line.table_chunk_sectors,
    blockSize: SECTOR,
    answer: {
      how: "own code",
      answer: { rc, messages, status, bug },
      written: line.written_sectors,
    },
  };
}

/** "synthetic: 1024 sectors of zeros with header magic,valid,version,chunk size" */
function synthetic(file: string): Uint8Array | null {
  const said = /^synthetic: (\d+) sectors of zeros with header magic,(\d+),(\d+),(\d+)$/.exec(file);
  if (!said) return null;
  const [sectors = 0, valid = 0, version = 0, chunkSize = 0] = said.slice(1).map(Number);
  const bytes = new Uint8Array(sectors * SECTOR);
  bytes.set(headerBytes(SNAP_MAGIC, valid, version, chunkSize));
  return bytes;
}

const linesOf = <T>(file: string): T[] =>
  existsSync(file) ? jsonLines(Buffer.from(bytesOf(file)).toString()) : [];

function bytesOf(file: string): Uint8Array {
  const packed = existsSync(file) ? readFileSync(file) : readFileSync(`${file}.gz`);
  return new Uint8Array(file.endsWith(".gz") || !existsSync(file) ? gunzipSync(packed) : packed);
}
