import type { Remote } from "comlink";
import type { CheckOptions, Progress } from "../protocol/check.ts";
import { type Result, success } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import type {
  NamedFile,
  OpenedStore,
  OuterLayer,
  ReadOfWhole,
  StoreLikeness,
  StoreService,
} from "../protocol/store-service.ts";
import { STORE_FAULTS } from "./fault.ts";
import { flat } from "./flat.ts";
import { HeldMachine, lookCall } from "./held-machine.ts";
import { type Asker, HeldStore, type Image } from "./held-store.ts";
import { checkCall, makeLongCall } from "./long-call.ts";
import { type WorkerLike, WorkerLink } from "./worker-link.ts";

/** The page's handle on the worker: starts it early, replaces it when it dies, never hangs. */
export class StoreClient {
  readonly #spawn: () => WorkerLike;
  #link: WorkerLink<StoreService> | null = null;
  /** The check or snapshot that runs, or the last one: two never share the worker. */
  #running: Promise<unknown> = Promise.resolve();

  constructor(spawn: () => WorkerLike) {
    this.#spawn = spawn;
  }

  /** Gets a worker ready before the first file. A failure shows when a file is opened. */
  warm(): void {
    void this.#asker.call((service) => service.warm());
  }

  /** Checks an image. Aborting `signal` ends it with the problem `cancelled`. */
  async open(
    image: NamedFile,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
    signal: AbortSignal,
  ): Promise<Result<HeldStore>> {
    const call = checkCall<OpenedStore, [Progress, Report | null]>(
      image.name,
      (service, listener) =>
        service.open("blob" in image ? image.blob : image, image.name, options, listener),
    );
    const opened = await this.#asker.inTurn(call, onProgress, signal);
    return opened.ok ? success(new HeldStore(opened.value, image, this.#asker)) : opened;
  }

  /** What lies in the files; null: one file, and no more than a store or an origin by itself. */
  async look(
    files: readonly NamedFile[],
    onProgress: (bytes: ReadOfWhole) => void,
    signal: AbortSignal,
  ): Promise<Result<HeldMachine | null>> {
    const looked = await this.#asker.inTurn(lookCall(files), onProgress, signal);
    if (!looked.ok || looked.value === null) return looked.ok ? success(null) : looked;
    return success(new HeldMachine(looked.value, files, this.#asker));
  }

  /** Whether there may be more in it than a bare store or origin; the open store stays as it is. */
  async outerLayer({ blob, name }: Image): Promise<Result<OuterLayer>> {
    return flat(await this.#asker.call((service) => service.outerLayer(blob, name)));
  }

  /** Tells a store from an origin or anything else; the open store stays as it is. */
  async storeLikeness({ blob, name }: Image): Promise<Result<StoreLikeness>> {
    return flat(await this.#asker.call((service) => service.storeLikeness(blob, name)));
  }

  readonly #asker: Asker = {
    call: <P extends Promise<unknown>>(ask: (service: Remote<StoreService>) => P) =>
      this.#living().call(ask),
    inTurn: (call, onProgress, signal) => {
      const made = this.#running.then(() => makeLongCall(this.#living(), call, onProgress, signal));
      this.#running = made;
      return made;
    },
  };

  #living(): WorkerLink<StoreService> {
    if (this.#link === null || this.#link.dead) {
      this.#link = new WorkerLink(this.#spawn(), STORE_FAULTS);
    }
    return this.#link;
  }
}
