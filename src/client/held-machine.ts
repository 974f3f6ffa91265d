import type { CheckOptions, Progress } from "../protocol/check.ts";
import { imageName } from "../protocol/found-store.ts";
import type { FoundStore, MachineTree } from "../protocol/machine.ts";
import { failure, type Result, success } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import type {
  LookedInto,
  MachineHandle,
  NamedFile,
  OpenedStore,
  ReadOfWhole,
} from "../protocol/store-service.ts";
import { workerFault } from "./fault.ts";
import { type Asker, HeldStore } from "./held-store.ts";
import { checkCall, type LongCall } from "./long-call.ts";

/**
 * The page's handle on what lies in the files of one machine. A worker that does not hold it (any
 * more) looks into the same files again, and gives every node the same id.
 */
export class HeldMachine {
  readonly tree: MachineTree;
  readonly files: readonly NamedFile[];
  #handle: MachineHandle;
  #bytes: ReadOfWhole;
  readonly #asker: Asker;

  constructor(looked: LookedInto, files: readonly NamedFile[], asker: Asker) {
    this.tree = looked.tree;
    this.files = files;
    this.#handle = looked.machine;
    this.#bytes = looked.bytes;
    this.#asker = asker;
  }

  /** How much of the files was read, as far as is known. */
  get bytes(): ReadOfWhole {
    return this.#bytes;
  }

  /** Checks one of the stores; aborting `signal` ends it with the problem `cancelled`. */
  async open(
    store: FoundStore,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
    signal: AbortSignal,
  ): Promise<Result<HeldStore>> {
    const name = imageName(store);
    const opened = await this.#asked<
      { store: OpenedStore; blob: Blob | null },
      [Progress, Report | null]
    >(
      (machine) =>
        checkCall(name, (service, listener) =>
          service.openFound(machine, store.node, options, listener),
        ),
      onProgress,
      signal,
    );
    if (!opened.ok) return opened;
    const { store: checked, blob } = opened.value;
    const image = blob && { blob, name };
    return success(new HeldStore(checked, image, this.#asker));
  }

  /** The same for its report alone, while nothing else is asked of the worker. */
  async check(
    store: FoundStore,
    options: CheckOptions,
    signal: AbortSignal,
  ): Promise<Result<Report>> {
    const checked = await this.#asked<{ report: Report; bytes: ReadOfWhole }, [Progress]>(
      (machine) =>
        checkCall(imageName(store), (service, listener) =>
          service.checkFound(machine, store.node, options, listener),
        ),
      () => {},
      signal,
    );
    if (!checked.ok) return checked;
    this.#bytes = checked.value.bytes;
    return success(checked.value.report);
  }

  async #asked<T, P extends unknown[]>(
    call: (machine: MachineHandle) => LongCall<T, P>,
    onProgress: (...progress: P) => void,
    signal: AbortSignal,
  ): Promise<Result<T>> {
    const asked = await this.#asker.inTurn(call(this.#handle), onProgress, signal);
    if (asked.ok || asked.problem.code !== "machine.stale") return asked;
    const again = await this.#asker.inTurn(lookCall(this.files), () => {}, signal);
    if (!again.ok) return again;
    if (again.value === null) return failure(workerFault("it finds no disk any more"));
    this.#handle = again.value.machine;
    return this.#asker.inTurn(call(this.#handle), onProgress, signal);
  }
}

/** Looks into files that are all of one machine. */
export function lookCall(files: readonly NamedFile[]): LongCall<LookedInto | null, [ReadOfWhole]> {
  const names = files.map(({ name }) => name).join(", ");
  return checkCall(names, (service, listener) => service.look(files, listener));
}
