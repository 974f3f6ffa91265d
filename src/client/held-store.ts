import type { Remote } from "comlink";
import type { Progress } from "../protocol/check.ts";
import type { DiffReport } from "../protocol/diff.ts";
import type { FileList, FilesHandle, OpenedFiles, ReadFile } from "../protocol/files.ts";
import type { DamageReport, LookupPlace, LookupReport } from "../protocol/lookup.ts";
import type { MapQuestion, MapQuestions, MapTopic } from "../protocol/map.ts";
import type { Patch } from "../protocol/patch.ts";
import type { Result } from "../protocol/problem.ts";
import type { RaceStart } from "../protocol/race.ts";
import type { RepairPlan } from "../protocol/repair.ts";
import type { RescueReport } from "../protocol/rescue.ts";
import type { SnapshotProgress } from "../protocol/snapshot.ts";
import type {
  ChunkBytes,
  ChunkPair,
  NamedBlob,
  NamedFile,
  OpenedStore,
  ReadSnapshot,
  RowFilter,
  RowMatches,
  SnapshotTarget,
  StoreService,
} from "../protocol/store-service.ts";
import { snapshotCancelled, workerFault } from "./fault.ts";
import { flat } from "./flat.ts";
import { checkCall, type LongCall } from "./long-call.ts";
import { patchedBlob } from "./patched-blob.ts";
import { rescuedBlob } from "./rescued-blob.ts";

/** A device's bytes: a dropped file or a fetched sample. */
export type Image = NamedBlob;

/** An origin; `blob` null: the one that the volume group pairs the open store with. */
export type Origin = Image | { blob: null; name: string };

/** What the views may ask of the store that is open. */
export interface StoreReader {
  headerChunk(): Promise<Result<ChunkBytes>>;
  areaChunk(area: number): Promise<Result<ChunkBytes>>;
  rows(first: number, count: number): Promise<Result<BigUint64Array<ArrayBuffer>>>;
  filterRows(filter: RowFilter): Promise<Result<RowMatches>>;
  /** A question about the map or the history. */
  map<Topic extends MapTopic>(
    topic: Topic,
    ask: MapQuestions[Topic]["ask"],
  ): Promise<Result<MapQuestions[Topic]["answer"]>>;
  /** Where the race would start on this store; null: its chunk size gives no areas. */
  raceStart(): Promise<Result<RaceStart | null>>;
  /** What lies at a place of either device. */
  lookUp(place: LookupPlace): Promise<Result<LookupReport>>;
  /** Which bytes of the origin its damage costs. */
  damage(): Promise<Result<DamageReport>>;
  /** Both chunks of an exception. @param origin null: none is at hand. */
  chunkPair(
    exception: { old: bigint; new: bigint },
    origin: Origin | null,
  ): Promise<Result<ChunkPair>>;
  /** The files of its snapshot; whatever is asked about files ends what was asked before. */
  openFiles(origin: Origin): Promise<Result<OpenedFiles>>;
  /** What is in one directory. */
  listFiles(files: FilesHandle, path: string): Promise<Result<FileList>>;
  /** The content of one file. @param partial whether zeros stand for what cannot be read */
  readFile(files: FilesHandle, path: string, partial: boolean): Promise<Result<ReadFile>>;
  stopFiles(): void;
  /** Compares it with another image; aborting `signal` ends it with the problem `cancelled`. */
  diff(
    other: Image,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Result<DiffReport>>;
  /** What can be done for it; nothing is written. */
  repairPlan(): Promise<Result<RepairPlan>>;
  /** What its exceptions still hold of the origin. */
  rescue(): Promise<Result<RescueReport>>;
  /** The same as an image of the origin; null where the page cannot make it. */
  rescued(report: RescueReport): Blob | null;
  /**
   * A copy of the store with other bytes in places; the image itself stays as it is. null: the
   * store lies inside a disk that does not hold its bytes as they are, or on a server.
   */
  patched(patches: readonly Patch[]): Blob | null;
}

/** How an open store asks the worker that holds it. */
export interface Asker {
  call<P extends Promise<unknown>>(
    ask: (service: Remote<StoreService>) => P,
  ): Promise<Result<Awaited<P>>>;
  inTurn<T, P extends unknown[]>(
    call: LongCall<T, P>,
    onProgress: (...progress: P) => void,
    signal: AbortSignal,
  ): Promise<Result<T>>;
}

/**
 * The page's handle on one checked store. Whatever is opened after it, it asks about this one: once
 * the worker holds another, the answer is the problem `store.stale`.
 */
export class HeldStore implements StoreReader {
  readonly store: OpenedStore;
  readonly #image: NamedFile | null;
  readonly #asker: Asker;

  /** @param image null: its bytes do not lie in the files as they are. */
  constructor(store: OpenedStore, image: NamedFile | null, asker: Asker) {
    this.store = store;
    this.#image = image;
    this.#asker = asker;
  }

  async headerChunk(): Promise<Result<ChunkBytes>> {
    return flat(await this.#asker.call((service) => service.headerChunk(this.store.handle)));
  }

  async areaChunk(area: number): Promise<Result<ChunkBytes>> {
    return flat(await this.#asker.call((service) => service.areaChunk(this.store.handle, area)));
  }

  async rows(first: number, count: number): Promise<Result<BigUint64Array<ArrayBuffer>>> {
    return flat(await this.#asker.call((service) => service.rows(this.store.handle, first, count)));
  }

  async filterRows(filter: RowFilter): Promise<Result<RowMatches>> {
    return flat(await this.#asker.call((service) => service.filterRows(this.store.handle, filter)));
  }

  async map<Topic extends MapTopic>(
    topic: Topic,
    ask: MapQuestions[Topic]["ask"],
  ): Promise<Result<MapQuestions[Topic]["answer"]>> {
    const question = { topic, ask } as MapQuestion;
    const answer = flat(
      await this.#asker.call((service) => service.map(this.store.handle, question)),
    );
    return answer as Result<MapQuestions[Topic]["answer"]>;
  }

  async raceStart(): Promise<Result<RaceStart | null>> {
    return flat(await this.#asker.call((service) => service.raceStart(this.store.handle)));
  }

  async lookUp(place: LookupPlace): Promise<Result<LookupReport>> {
    return flat(await this.#asker.call((service) => service.lookUp(this.store.handle, place)));
  }

  async damage(): Promise<Result<DamageReport>> {
    return flat(await this.#asker.call((service) => service.damage(this.store.handle)));
  }

  async chunkPair(
    exception: { old: bigint; new: bigint },
    origin: Origin | null,
  ): Promise<Result<ChunkPair>> {
    const { handle } = this.store;
    return flat(await this.#asker.call((service) => service.chunkPair(handle, exception, origin)));
  }

  async openFiles(origin: Origin): Promise<Result<OpenedFiles>> {
    const { handle } = this.store;
    return flat(await this.#asker.call((service) => service.openFiles(handle, origin)));
  }

  async listFiles(files: FilesHandle, path: string): Promise<Result<FileList>> {
    const { handle } = this.store;
    return flat(await this.#asker.call((service) => service.listFiles(handle, files, path)));
  }

  async readFile(files: FilesHandle, path: string, partial: boolean): Promise<Result<ReadFile>> {
    const { handle } = this.store;
    return flat(
      await this.#asker.call((service) => service.readFile(handle, files, path, partial)),
    );
  }

  stopFiles(): void {
    void this.#asker.call((service) => service.stopFiles());
  }

  diff(
    other: Image,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Result<DiffReport>> {
    const { handle } = this.store;
    const call = checkCall<DiffReport, [Progress]>(other.name, (service, listener) =>
      service.diff(handle, other.blob, other.name, listener),
    );
    return this.#asker.inTurn(call, onProgress, signal);
  }

  async repairPlan(): Promise<Result<RepairPlan>> {
    return flat(await this.#asker.call((service) => service.repairPlan(this.store.handle)));
  }

  async rescue(): Promise<Result<RescueReport>> {
    return flat(await this.#asker.call((service) => service.rescue(this.store.handle)));
  }

  rescued(report: RescueReport): Blob | null {
    const blob = this.#localImage();
    return blob && rescuedBlob(blob, report);
  }

  patched(patches: readonly Patch[]): Blob | null {
    const blob = this.#localImage();
    return blob && patchedBlob(blob, patches);
  }

  /** null: its bytes do not lie as they are in a file on this machine. */
  #localImage(): Blob | null {
    return this.#image && "blob" in this.#image ? this.#image.blob : null;
  }

  /** Reads the snapshot of this store; aborting `signal` ends it with the problem `cancelled`. */
  readonly snapshot = (
    origin: Origin,
    target: SnapshotTarget,
    onProgress: (progress: SnapshotProgress) => void,
    signal: AbortSignal,
  ): Promise<Result<ReadSnapshot>> => {
    const { handle } = this.store;
    const call: LongCall<ReadSnapshot, [SnapshotProgress]> = {
      stopped: snapshotCancelled(origin.name),
      // With the worker the open store is gone: that is more than a snapshot not read.
      unheard: workerFault("it did not stop when it was asked to"),
      ask: (service, listener) =>
        service.snapshot(handle, origin.blob, origin.name, target, listener),
    };
    return this.#asker.inTurn(call, onProgress, signal);
  };
}

/** Reads the snapshot that an open store makes of an origin. */
export type SnapshotReader = HeldStore["snapshot"];
