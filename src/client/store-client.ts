import type { Remote } from "comlink";
import type { CheckOptions, Progress } from "../protocol/check.ts";
import type { Patch } from "../protocol/patch.ts";
import type { Result } from "../protocol/problem.ts";
import type { RaceStart } from "../protocol/race.ts";
import type { Report } from "../protocol/report.ts";
import type { SnapshotProgress } from "../protocol/snapshot.ts";
import type {
  ChunkBytes,
  OpenedStore,
  ReadSnapshot,
  RowFilter,
  RowMatches,
  SnapshotTarget,
  StoreLikeness,
  StoreService,
} from "../protocol/store-service.ts";
import { checkCancelled, STORE_FAULTS, snapshotCancelled, workerFault } from "./fault.ts";
import { flat } from "./flat.ts";
import { type LongCall, makeLongCall } from "./long-call.ts";
import { patchedBlob } from "./patched-blob.ts";
import { type WorkerLike, WorkerLink } from "./worker-link.ts";

/** A device's bytes: a dropped file or a fetched sample. */
export interface Image {
  blob: Blob;
  name: string;
}

/** What the views may ask of the store that is open. */
export interface StoreReader {
  headerChunk(): Promise<Result<ChunkBytes>>;
  areaChunk(area: number): Promise<Result<ChunkBytes>>;
  rows(first: number, count: number): Promise<Result<BigUint64Array<ArrayBuffer>>>;
  filterRows(filter: RowFilter): Promise<Result<RowMatches>>;
  /** Where the race would start on this store; null: its chunk size gives no areas. */
  raceStart(): Promise<Result<RaceStart | null>>;
  /** A copy of the image with other bytes in places; the image itself stays as it is. */
  patched(patches: readonly Patch[]): Blob;
}

/** Reads the snapshot that the open store makes of an origin. */
export type SnapshotReader = StoreClient["snapshot"];

/** The page's handle on the worker: starts it early, replaces it when it dies, never hangs. */
export class StoreClient implements StoreReader {
  readonly #spawn: () => WorkerLike;
  #link: WorkerLink<StoreService> | null = null;
  #image: Image | null = null;
  /** The check or snapshot that runs, or the last one: two never share the worker. */
  #running: Promise<unknown> = Promise.resolve();

  constructor(spawn: () => WorkerLike) {
    this.#spawn = spawn;
  }

  /** Gets a worker ready before the first file. A failure shows when a file is opened. */
  warm(): void {
    void this.#call((service) => service.warm());
  }

  /** Checks an image. Aborting `signal` ends it with the problem `cancelled`. */
  open(
    image: Image,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
    signal: AbortSignal,
  ): Promise<Result<OpenedStore>> {
    this.#image = image;
    const stopped = checkCancelled(image.name);
    const call: LongCall<OpenedStore, [Progress, Report | null]> = {
      stopped,
      unheard: stopped,
      ask: (service, listener) => service.open(image.blob, image.name, options, listener),
    };
    return this.#inTurn(call, onProgress, signal);
  }

  /** Reads the snapshot of the open store; aborting `signal` ends it with the problem `cancelled`. */
  snapshot(
    origin: Image,
    target: SnapshotTarget,
    onProgress: (progress: SnapshotProgress) => void,
    signal: AbortSignal,
  ): Promise<Result<ReadSnapshot>> {
    const call: LongCall<ReadSnapshot, [SnapshotProgress]> = {
      stopped: snapshotCancelled(origin.name),
      // With the worker the open store is gone: that is more than a snapshot not read.
      unheard: workerFault("it did not stop when it was asked to"),
      ask: (service, listener) => service.snapshot(origin.blob, origin.name, target, listener),
    };
    return this.#inTurn(call, onProgress, signal);
  }

  /** Tells a store from an origin or anything else; the open store stays as it is. */
  async storeLikeness({ blob, name }: Image): Promise<Result<StoreLikeness>> {
    return flat(await this.#call((service) => service.storeLikeness(blob, name)));
  }

  async headerChunk(): Promise<Result<ChunkBytes>> {
    return flat(await this.#call((service) => service.headerChunk()));
  }

  async areaChunk(area: number): Promise<Result<ChunkBytes>> {
    return flat(await this.#call((service) => service.areaChunk(area)));
  }

  rows(first: number, count: number): Promise<Result<BigUint64Array<ArrayBuffer>>> {
    return this.#call((service) => service.rows(first, count));
  }

  filterRows(filter: RowFilter): Promise<Result<RowMatches>> {
    return this.#call((service) => service.filterRows(filter));
  }

  async raceStart(): Promise<Result<RaceStart | null>> {
    return flat(await this.#call((service) => service.raceStart()));
  }

  patched(patches: readonly Patch[]): Blob {
    return patchedBlob(this.#image?.blob ?? new Blob(), patches);
  }

  #inTurn<T, P extends unknown[]>(
    call: LongCall<T, P>,
    onProgress: (...progress: P) => void,
    signal: AbortSignal,
  ): Promise<Result<T>> {
    const before = this.#running;
    const made = before.then(() => makeLongCall(this.#living(), call, onProgress, signal));
    this.#running = made;
    return made;
  }

  #call<P extends Promise<unknown>>(
    ask: (service: Remote<StoreService>) => P,
  ): Promise<Result<Awaited<P>>> {
    return this.#living().call(ask);
  }

  #living(): WorkerLink<StoreService> {
    if (this.#link === null || this.#link.dead) {
      this.#link = new WorkerLink(this.#spawn(), STORE_FAULTS);
    }
    return this.#link;
  }
}
