import type { Problem } from "../protocol/problem.ts";
import type { SnapshotProgress, SnapshotReport } from "../protocol/snapshot.ts";
import type { SnapshotTarget } from "../protocol/store-service.ts";
import type { Origin, SnapshotReader } from "./held-store.ts";

export interface SnapshotState {
  origin: Origin | null;
  /** What goes on: the snapshot is read to be hashed, or once more to be saved. */
  running: "reading" | "saving" | null;
  progress: SnapshotProgress | null;
  report: SnapshotReport | null;
  /** The name under which it was saved. */
  savedAs: string | null;
  problem: Problem | null;
}

/** The origin that lies beside the store. */
export interface PairedOrigin {
  name: string;
  /** Why it cannot be read; null where it can. */
  why: string | null;
}

const NOTHING: SnapshotState = {
  origin: null,
  running: null,
  progress: null,
  report: null,
  savedAs: null,
  problem: null,
};

/** The snapshot of one open store: which origin, how far it is read, what came of it. */
export class SnapshotRun {
  readonly #read: SnapshotReader;
  /** Aborted when the store is left. */
  readonly #left: AbortSignal;
  readonly #listeners = new Set<() => void>();
  #state = NOTHING;
  #abort = new AbortController();

  /** Which origin the volume group says it has; null where nothing says so. */
  readonly paired: PairedOrigin | null;

  constructor(read: SnapshotReader, left: AbortSignal, paired: PairedOrigin | null = null) {
    this.paired = paired;
    this.#read = read;
    this.#left = left;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SnapshotState => this.#state;

  /** Reads the snapshot of another origin, or of the same one again. */
  async read(origin: Origin): Promise<void> {
    await this.#run({ ...NOTHING, origin, running: "reading" }, { kind: "none" });
  }

  /** Reads it once more, into `target`; @returns the Blob, where that is the target. */
  async save(name: string, target: SnapshotTarget): Promise<Blob | null> {
    const { origin, report } = this.#state;
    if (origin === null) return null;
    return this.#run({ ...NOTHING, origin, report, running: "saving" }, target, name);
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #run(
    begun: SnapshotState & { origin: Origin },
    target: SnapshotTarget,
    savedAs: string | null = null,
  ): Promise<Blob | null> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#show(begun);
    const result = await this.#read(
      begun.origin,
      target,
      (progress) => this.#show({ ...begun, progress }),
      AbortSignal.any([abort.signal, this.#left]),
    );
    // Another run has begun meanwhile: the screen is its.
    if (this.#abort !== abort) return null;
    if (result.ok) {
      this.#show({ ...begun, running: null, report: result.value.report, savedAs });
      return result.value.blob;
    }
    this.#show({ ...begun, running: null, problem: result.problem });
    return null;
  }

  #show(state: SnapshotState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
