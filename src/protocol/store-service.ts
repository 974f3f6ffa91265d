import type { CheckOptions, Progress } from "./check.ts";
import type { DiffReport } from "./diff.ts";
import type { FileList, FilesHandle, OpenedFiles, ReadFile } from "./files.ts";
import type { DamageReport, LookupPlace, LookupReport } from "./lookup.ts";
import type { MachineTree } from "./machine.ts";
import type { MapQuestion, MapQuestions, MapTopic } from "./map.ts";
import type { Result } from "./problem.ts";
import type { RaceStart } from "./race.ts";
import type { RepairPlan } from "./repair.ts";
import type { Report } from "./report.ts";
import type { RescueReport } from "./rescue.ts";
import type { SnapshotProgress, SnapshotReport } from "./snapshot.ts";

/** A named run of bytes, relative to its chunk. Half open: [offset, offset + length). */
export interface Field {
  name: string;
  offset: number;
  length: number;
}

/** Where the core says things lie, so that the page never retypes an offset. */
export interface StoreLayout {
  /** The header's fields in chunk 0, in disk order. */
  headerFields: Field[];
  /** One exception's fields within its entry, in disk order. */
  exceptionFields: Field[];
  exceptionBytes: number;
  chunkBytes: number;
  exceptionsPerArea: number;
}

/** Names one checked store to the worker that holds it; no other worker gives the same again. */
export type StoreHandle = bigint;

/** Names one machine to the worker that holds it, likewise. */
export type MachineHandle = bigint;

/** A file's bytes: dropped, chosen or fetched. */
export interface NamedBlob {
  blob: Blob;
  name: string;
}

/** A file on a web server, of which ranges are asked for: what `readRemoteAddress` lets through. */
export interface RemoteFile {
  address: string;
  name: string;
}

/** What a person handed over. */
export type NamedFile = NamedBlob | RemoteFile;

/** Bytes read of the files so far, and those they have. */
export interface ReadOfWhole {
  read: number;
  whole: number;
}

/** What is in the files of one machine. */
export interface LookedInto {
  machine: MachineHandle;
  tree: MachineTree;
  bytes: ReadOfWhole;
}

/** A checked store, as the page shows it. */
export interface OpenedStore {
  handle: StoreHandle;
  report: Report;
  layout: StoreLayout;
  /** Areas that can be stepped through (those the reader visited, at least 1 if area 0 is on the device). */
  areaCount: number;
  /** Rows of the exception table. */
  rowCount: number;
  /** Whether single rows can be asked for: a table of more than some 200 million does not fit. */
  rowsKept: boolean;
  progress: Progress;
}

/** One chunk's bytes as they lie in the image, possibly cut short by its end or by MAX_SHOWN_BYTES. */
export interface ChunkBytes {
  chunk: bigint;
  /** Byte offset of the chunk in the image. */
  offset: bigint;
  bytes: Uint8Array<ArrayBuffer>;
  /** Whether the chunk is longer than `bytes`. */
  cut: "no" | "image-ends" | "too-long-to-show";
}

/** A chunk can be a GiB; no more than this of it is fetched to be shown. */
export const MAX_SHOWN_BYTES = 1 << 20;

/** The data chunk that an exception names, and the chunk of the origin that it stands for. */
export interface ChunkPair {
  cow: ChunkBytes;
  /** As the origin is now; null: it is not at hand. */
  origin: { name: string; chunk: ChunkBytes } | null;
}

/** Which rows to keep: both ends included, null for no bound. */
export interface RowFilter {
  old: { first: bigint; last: bigint } | null;
  new: { first: bigint; last: bigint } | null;
}

export interface RowMatches {
  /** All rows that match. */
  total: number;
  /** The first of them, at most MAX_MATCHES, ascending. */
  rows: Uint32Array<ArrayBuffer>;
}
export const MAX_MATCHES = 1_000_000;

/** Where a snapshot's bytes go: nowhere (they are only hashed), a file the user chose, or a Blob. */
export type SnapshotTarget =
  | { kind: "none" }
  | { kind: "file"; file: FileSystemFileHandle }
  | { kind: "blob" };

export interface ReadSnapshot {
  report: SnapshotReport;
  /** The whole snapshot, for the target `blob`. */
  blob: Blob | null;
}

/**
 * What an image has of a COW store, most first: the header's magic; areas that can be read though
 * the header is damaged; nothing that tells; the signature of something else.
 */
export const STORE_LIKENESS = ["magic", "areas", "unknown", "other"] as const;
export type StoreLikeness = (typeof STORE_LIKENESS)[number];

/** What begins or ends a file: a format around a disk, a partition table or a label, or neither. */
export type OuterLayer = "format" | "table" | "none";

/**
 * What the worker does for the page: one machine and one open store at a time. A call with the
 * handle of a store that is no longer open answers with the problem `store.stale`, one with the
 * handle of a machine that is not held with `machine.stale`; both read nothing.
 */
export interface StoreService {
  /** Compiles the core; resolves when a file can be opened without delay. */
  warm(): Promise<void>;
  /**
   * Checks a store. `onProgress` is called between batches; its second argument is the report as it
   * stands before the last area is read (null until the header is judged).
   */
  open(
    file: Blob | RemoteFile,
    name: string,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
  ): Promise<Result<OpenedStore>>;
  /**
   * What lies in the files, which are all of one machine; null: one file, and it is no more than a
   * store or an origin by itself. The open store stays as it is. Whatever was fetched of files on
   * servers before is fetched anew.
   */
  look(
    files: readonly NamedFile[],
    onProgress: (bytes: ReadOfWhole) => void,
  ): Promise<Result<LookedInto | null>>;
  /**
   * Checks a store of the machine, as `open` does an image. `node` is the store's. `blob` has its
   * bytes, as parts of the files; null: they do not lie there as they are, or on a server, or it is a bundle.
   */
  openFound(
    machine: MachineHandle,
    node: number,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
  ): Promise<Result<{ store: OpenedStore; blob: Blob | null }>>;
  /** The same for its report alone: the open store stays as it is, and no row is kept. */
  checkFound(
    machine: MachineHandle,
    node: number,
    options: CheckOptions,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<{ report: Report; bytes: ReadOfWhole }>>;
  /** Whether there may be more in a file than a bare store or origin: a format around a disk, a table. */
  outerLayer(file: Blob, name: string): Promise<Result<OuterLayer>>;
  /**
   * Reads the snapshot that the open store makes of `origin` (null: the one that its volume group
   * pairs it with), as the kernel would; a store that does not activate answers with the problem
   * `snapshot.refused`.
   */
  snapshot(
    store: StoreHandle,
    origin: Blob | null,
    name: string,
    target: SnapshotTarget,
    onProgress: (progress: SnapshotProgress) => void,
  ): Promise<Result<ReadSnapshot>>;
  /** Stops the running `look`, `open`, `openFound`, `checkFound` or `snapshot` within a batch; it then answers with the problem `cancelled`. */
  cancel(): Promise<void>;
  /** Tells a store from an origin or anything else; the open store stays as it is. */
  storeLikeness(file: Blob, name: string): Promise<Result<StoreLikeness>>;
  headerChunk(store: StoreHandle): Promise<Result<ChunkBytes>>;
  areaChunk(store: StoreHandle, area: number): Promise<Result<ChunkBytes>>;
  /** `count` exceptions from row `first`: old, new, old, new … in chunks. */
  rows(
    store: StoreHandle,
    first: number,
    count: number,
  ): Promise<Result<BigUint64Array<ArrayBuffer>>>;
  filterRows(store: StoreHandle, filter: RowFilter): Promise<Result<RowMatches>>;
  /** Answers a question about the map or the history; it is made when it is first asked. */
  map(store: StoreHandle, question: MapQuestion): Promise<Result<MapQuestions[MapTopic]["answer"]>>;
  /** Where the race would start on this store; null: its chunk size gives no areas. */
  raceStart(store: StoreHandle): Promise<Result<RaceStart | null>>;
  /** What lies at a place of either device; one that is asked for later ends it as `cancelled`. */
  lookUp(store: StoreHandle, place: LookupPlace): Promise<Result<LookupReport>>;
  /** Which bytes of the origin the damage of its table costs. */
  damage(store: StoreHandle): Promise<Result<DamageReport>>;
  /**
   * Both chunks of an exception, `new_chunk` without bits 56-63. `origin`: null where there is none,
   * its `blob` null for the one that the volume group pairs the store with.
   */
  chunkPair(
    store: StoreHandle,
    exception: { old: bigint; new: bigint },
    origin: { blob: Blob | null; name: string } | null,
  ): Promise<Result<ChunkPair>>;
  /**
   * The files of the snapshot that the open store makes of `origin`; its `blob` null for the one
   * that the volume group pairs the store with. Of this and the two below, one that is asked for
   * later ends it as `cancelled`, and so does `stopFiles`.
   */
  openFiles(
    store: StoreHandle,
    origin: { blob: Blob | null; name: string },
  ): Promise<Result<OpenedFiles>>;
  /** What is in one directory; `files` are the ones that were opened last of the store. */
  listFiles(store: StoreHandle, files: FilesHandle, path: string): Promise<Result<FileList>>;
  /** The content of a file of at most MOST_SAVED_BYTES; `partial`: zeros for what cannot be read. */
  readFile(
    store: StoreHandle,
    files: FilesHandle,
    path: string,
    partial: boolean,
  ): Promise<Result<ReadFile>>;
  stopFiles(): Promise<void>;
  /** Compares it with the store in another file by mapping; the open store stays as it is. */
  diff(
    store: StoreHandle,
    other: Blob,
    name: string,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<DiffReport>>;
  /** What can be done for this store, each level checked; nothing is written. */
  repairPlan(store: StoreHandle): Promise<Result<RepairPlan>>;
  /** What its exceptions still hold of the origin; nothing is written. */
  rescue(store: StoreHandle): Promise<Result<RescueReport>>;
}
