import { proxy, type Remote } from "comlink";
import type { CheckOptions, Progress } from "../protocol/check.ts";
import { failure, type Result } from "../protocol/problem.ts";
import type { RaceStart } from "../protocol/race.ts";
import type { Report } from "../protocol/report.ts";
import type {
  ChunkBytes,
  OpenedStore,
  RowFilter,
  RowMatches,
  StoreService,
} from "../protocol/store-service.ts";
import { cancelled, STORE_FAULTS } from "./fault.ts";
import { flat } from "./flat.ts";
import { type Patch, patchedBlob } from "./patched-blob.ts";
import { type WorkerLike, WorkerLink } from "./worker-link.ts";

/** An image to check: a dropped file or a fetched sample. */
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

/** How long an abort may go unheard before the worker is replaced. */
const OBEY_WITHIN_MS = 1000;

/** The page's handle on the worker: starts it early, replaces it when it dies, never hangs. */
export class StoreClient implements StoreReader {
  readonly #spawn: () => WorkerLike;
  #link: WorkerLink<StoreService> | null = null;
  #image: Image | null = null;
  /** The check that runs, or the last one: two never share the worker. */
  #running: Promise<unknown> = Promise.resolve();

  constructor(spawn: () => WorkerLike) {
    this.#spawn = spawn;
  }

  /** Gets a worker ready before the first file. A failure shows when a file is opened. */
  warm(): void {
    void this.#call((service) => service.warm());
  }

  /** Checks an image. Aborting `signal` ends it with the problem `cancelled`. */
  async open(
    image: Image,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
    signal: AbortSignal,
  ): Promise<Result<OpenedStore>> {
    this.#image = image;
    const before = this.#running;
    const check = before.then(() => this.#check(image, options, onProgress, signal));
    this.#running = check;
    return check;
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

  async #check(
    image: Image,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
    signal: AbortSignal,
  ): Promise<Result<OpenedStore>> {
    if (signal.aborted) return failure(cancelled(image.name));
    const link = this.#living();
    let patience: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      patience = setTimeout(() => link.end(cancelled(image.name)), OBEY_WITHIN_MS);
      void link.call((service) => service.cancel());
    };
    signal.addEventListener("abort", stop, { once: true });
    let answered = false;
    // Progress comes over a channel of its own, and its last word may come after the answer.
    const listener = proxy((progress: Progress, soFar: Report | null) => {
      if (!answered && !signal.aborted) onProgress(progress, soFar);
    });
    const result = await link.call((service) =>
      service.open(image.blob, image.name, options, listener),
    );
    answered = true;
    clearTimeout(patience);
    signal.removeEventListener("abort", stop);
    if (signal.aborted) return failure(cancelled(image.name));
    const opened = flat(result);
    // A fault that the engine caught itself: its core is no safer for that.
    if (!opened.ok && opened.problem.code === "fault.core") link.end(opened.problem);
    return opened;
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
