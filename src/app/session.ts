import type { HeldStore, Image, StoreReader } from "../client/held-store.ts";
import { SnapshotRun } from "../client/snapshot-run.ts";
import type { StoreClient } from "../client/store-client.ts";
import { type CheckOptions, DEFAULT_OPTIONS, type Progress } from "../protocol/check.ts";
import type { Problem, Result } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import type { OpenedStore } from "../protocol/store-service.ts";

/** The image as the top bar names it; `id` tells one check from the next. */
export interface Subject {
  id: number;
  name: string;
  bytes: number;
  options: CheckOptions;
}

export type SessionState =
  | { at: "start" }
  | { at: "checking"; subject: Subject; progress: Progress; soFar: Report | null }
  | {
      at: "open";
      subject: Subject;
      store: OpenedStore;
      reader: StoreReader;
      snapshot: SnapshotRun;
    }
  | { at: "problem"; subject: Subject; problem: Problem; canRetry: boolean };

const NOTHING_READ: Progress = { areas: 0, exceptions: 0, bytes: 0, calls: 0 };

/** Which image is on the screen and how far it has come: one at a time, the newest wins. */
export class Session {
  readonly #client: StoreClient;
  readonly #listeners = new Set<() => void>();
  #state: SessionState = { at: "start" };
  #image: Image | null = null;
  #abort = new AbortController();
  #checks = 0;

  constructor(client: StoreClient) {
    this.#client = client;
    client.warm();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SessionState => this.#state;

  /** Checks an image; a check that still runs is cancelled first. */
  async open(image: Image, options: CheckOptions = DEFAULT_OPTIONS): Promise<void> {
    this.#image = image;
    const { subject, signal } = this.#begin(image.name, image.blob.size, options);
    this.#show({ at: "checking", subject, progress: NOTHING_READ, soFar: null });
    const result = await this.#client.open(
      image,
      options,
      (progress, soFar) => this.#show({ at: "checking", subject, progress, soFar }),
      signal,
    );
    if (!this.#current(subject)) return;
    if (result.ok) {
      const held = result.value;
      const reader = this.#reader(subject, held);
      const snapshot = this.#snapshotRun(subject, held, signal);
      this.#show({ at: "open", subject, store: held.store, reader, snapshot });
    } else this.#show({ at: "problem", subject, problem: result.problem, canRetry: true });
  }

  /** The same image under other options. */
  recheck(options: CheckOptions): void {
    if (this.#image !== null) void this.open(this.#image, options);
  }

  /** Shows a problem that came up before there were bytes to check. */
  refuse(name: string, problem: Problem): void {
    this.#image = null;
    const { subject } = this.#begin(name, 0, DEFAULT_OPTIONS);
    this.#show({ at: "problem", subject, problem, canRetry: false });
  }

  /** Stops the check that runs. */
  cancel(): void {
    if (this.#state.at === "checking") this.#abort.abort();
  }

  /** Reads the snapshot that the open store makes of this origin. */
  readSnapshot(origin: Image): void {
    if (this.#state.at === "open") void this.#state.snapshot.read(origin);
  }

  leave(): void {
    this.#begin("", 0, DEFAULT_OPTIONS);
    this.#image = null;
    this.#show({ at: "start" });
  }

  /** The store that is open, for the views: a read that fails takes the screen. */
  #reader(subject: Subject, held: HeldStore): StoreReader {
    const watched = async <T>(reading: Promise<Result<T>>): Promise<Result<T>> => {
      const result = await reading;
      if (!result.ok && this.#current(subject)) {
        this.#show({ at: "problem", subject, problem: result.problem, canRetry: true });
      }
      return result;
    };
    return {
      headerChunk: () => watched(held.headerChunk()),
      areaChunk: (area) => watched(held.areaChunk(area)),
      rows: (first, count) => watched(held.rows(first, count)),
      filterRows: (filter) => watched(held.filterRows(filter)),
      raceStart: () => watched(held.raceStart()),
      // What is wrong with a plan shows in its own view.
      repairPlan: () => held.repairPlan(),
      patched: (patches) => held.patched(patches),
    };
  }

  /** What is wrong with a snapshot shows beside it; but a worker that failed has lost the store. */
  #snapshotRun(subject: Subject, held: HeldStore, left: AbortSignal): SnapshotRun {
    return new SnapshotRun(async (...asked) => {
      const result = await held.snapshot(...asked);
      if (!result.ok && result.problem.code.startsWith("fault.")) {
        this.#show({ at: "problem", subject, problem: result.problem, canRetry: true });
      }
      return result;
    }, left);
  }

  #begin(name: string, bytes: number, options: CheckOptions) {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#checks += 1;
    const subject: Subject = { id: this.#checks, name, bytes, options };
    return { subject, signal: this.#abort.signal };
  }

  #current(subject: Subject): boolean {
    return subject.id === this.#checks;
  }

  #show(state: SessionState): void {
    if (state.at !== "start" && !this.#current(state.subject)) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
