import { checkStore } from "../engine/check/check.ts";
import { storeLikeness } from "../engine/check/store-likeness.ts";
import {
  cancelled,
  emptyImage,
  machineStale,
  problemOf,
  storePacked,
  storeStale,
} from "../engine/problems.ts";
import { makeReport } from "../explain/report/report.ts";
import type { CheckOptions, Progress } from "../protocol/check.ts";
import type { StoreFacts } from "../protocol/facts.ts";
import { checkOptionsOf } from "../protocol/found-store.ts";
import type { MapQuestion } from "../protocol/map.ts";
import { judgeOptions } from "../protocol/options.ts";
import { failure, type Result, success } from "../protocol/problem.ts";
import type { RaceStart } from "../protocol/race.ts";
import type { RepairPlan } from "../protocol/repair.ts";
import type { Report } from "../protocol/report.ts";
import type { SnapshotProgress } from "../protocol/snapshot.ts";
import type {
  ChunkBytes,
  LookedInto,
  MachineHandle,
  NamedBlob,
  OpenedStore,
  OuterLayer,
  ReadOfWhole,
  ReadSnapshot,
  RowFilter,
  RowMatches,
  SnapshotTarget,
  StoreHandle,
  StoreLikeness,
  StoreService,
} from "../protocol/store-service.ts";
import { BlobSource } from "../source/blob-source.ts";
import { HeldMachine } from "./held-machine.ts";
import { type Image, imageOfFile } from "./image.ts";
import { OpenStore } from "./open-store.ts";
import { Turns } from "./turns.ts";

/** The engine as the page's worker offers it; `loadCore` compiles build/core.wasm. */
export function createStoreService(loadCore: () => Promise<WebAssembly.Module>): StoreService {
  return new Service(loadCore);
}

/** A store of the machine that is held, and the options with what its volume group says. */
interface Found {
  machine: HeldMachine;
  image: Image;
  options: CheckOptions;
}

class Service implements StoreService {
  private compiled: Promise<WebAssembly.Module> | null = null;
  private opened: OpenStore | null = null;
  private machine: HeldMachine | null = null;
  private readonly turns = new Turns();

  constructor(private readonly loadCore: () => Promise<WebAssembly.Module>) {}

  async warm(): Promise<void> {
    await this.module();
    // A disk may be dropped next, and the server may be gone by then. A failure shows then.
    await import("./containers.ts").catch(() => {});
  }

  /** The compiled core; a failure is not kept, so that the next call tries again. */
  private module(): Promise<WebAssembly.Module> {
    this.compiled ??= this.loadCore().catch((error: unknown) => {
      this.compiled = null;
      throw error;
    });
    return this.compiled;
  }

  async open(
    file: Blob,
    name: string,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
  ): Promise<Result<OpenedStore>> {
    const going = this.turns.next();
    this.opened = null;
    if (file.size === 0) return failure(emptyImage(name));
    return this.openImage(imageOfFile(file, name), options, onProgress, going);
  }

  async openFound(
    handle: MachineHandle,
    node: number,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
  ): Promise<Result<{ store: OpenedStore; blob: Blob | null }>> {
    const going = this.turns.next();
    this.opened = null;
    const found = this.found(handle, node, options);
    if (!found.ok) return found;
    const { machine, image, options: withLvm } = found.value;
    const opened = await this.openImage(image, withLvm, onProgress, going);
    if (!opened.ok) return opened;
    return success({ store: opened.value, blob: await machine.blobOf(image.source) });
  }

  async checkFound(
    handle: MachineHandle,
    node: number,
    options: CheckOptions,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<{ report: Report; bytes: ReadOfWhole }>> {
    const found = this.found(handle, node, options);
    if (!found.ok) return found;
    const { machine, image, options: withLvm } = found.value;
    const { name, source, subject } = image;
    return this.turns.inBackground(name, async (going) => {
      const hooks = {
        afterBatch: (progress: Progress): boolean => {
          if (going()) onProgress(progress);
          return going();
        },
      };
      const checked = await checkStore(await this.module(), source, withLvm, false, hooks);
      if (!checked) return failure(cancelled(name));
      return success({ report: makeReport(name, checked.facts, subject), bytes: machine.bytes });
    });
  }

  async look(
    files: readonly NamedBlob[],
    onProgress: (bytes: ReadOfWhole) => void,
  ): Promise<Result<LookedInto | null>> {
    const names = files.map(({ name }) => name).join(", ");
    return this.turns.inBackground(names, async (going) => {
      this.machine = null;
      // An empty file is no store and no disk: what opens it says so.
      if (files.every(({ blob }) => blob.size === 0)) return success(null);
      const held = await HeldMachine.find(
        files,
        await this.module(),
        () => this.turns.assertWanted(),
        (bytes) => {
          if (going()) onProgress(bytes);
        },
      );
      this.machine = held;
      if (!held) return success(null);
      return success({ machine: held.handle, tree: held.machine.tree, bytes: held.bytes });
    });
  }

  outerLayer(file: Blob, name: string): Promise<Result<OuterLayer>> {
    return caught(name, async () => {
      const { outerLayer, WRAPPERS } = await import("./containers.ts");
      return success(await outerLayer(new BlobSource(file), WRAPPERS));
    });
  }

  async storeLikeness(file: Blob, name: string): Promise<Result<StoreLikeness>> {
    if (file.size === 0) return failure(emptyImage(name));
    return caught(name, async () =>
      success(await storeLikeness(await this.module(), new BlobSource(file))),
    );
  }

  private found(handle: MachineHandle, node: number, options: CheckOptions): Result<Found> {
    const { machine } = this;
    if (machine?.handle !== handle) return failure(machineStale());
    try {
      const found = machine.imageAt(node);
      if (!found) return failure(machineStale());
      const { store, image } = found;
      return success({ machine, image, options: checkOptionsOf(store, options) });
    } catch (error) {
      return failure(problemOf(error, "the store"));
    }
  }

  private async openImage(
    image: Image,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
    going: () => boolean,
  ): Promise<Result<OpenedStore>> {
    const { name, source, subject } = image;
    const bad = judgeOptions(options);
    if (bad) return failure(bad);
    const hooks = {
      afterBatch: (progress: Progress, soFar: () => StoreFacts): boolean => {
        if (going()) onProgress(progress, makeReport(name, soFar(), subject));
        return going();
      },
    };
    return caught(name, async () => {
      const checked = await checkStore(await this.module(), source, options, true, hooks);
      if (!checked || !going()) return failure(cancelled(name));
      this.opened = new OpenStore(image, checked);
      return success(this.opened.describe());
    });
  }

  async cancel(): Promise<void> {
    this.turns.next();
  }

  snapshot(
    store: StoreHandle,
    origin: Blob | null,
    name: string,
    target: SnapshotTarget,
    onProgress: (progress: SnapshotProgress) => void,
  ): Promise<Result<ReadSnapshot>> {
    return this.asked(store, async (open) => {
      if (open.image.packed) return failure(storePacked(open.image.name));
      const going = this.turns.next();
      const compiled = await this.module();
      return open.snapshot(compiled, origin, name, target, onProgress, going);
    });
  }

  headerChunk(store: StoreHandle): Promise<Result<ChunkBytes>> {
    return this.asked(store, async (open) => success(await open.headerChunk()));
  }

  areaChunk(store: StoreHandle, area: number): Promise<Result<ChunkBytes>> {
    return this.asked(store, async (open) => success(await open.areaChunk(area)));
  }

  rows(
    store: StoreHandle,
    first: number,
    count: number,
  ): Promise<Result<BigUint64Array<ArrayBuffer>>> {
    return this.asked(store, async (open) => success(open.rows(first, count)));
  }

  filterRows(store: StoreHandle, filter: RowFilter): Promise<Result<RowMatches>> {
    return this.asked(store, async (open) => success(open.filterRows(filter)));
  }

  map(store: StoreHandle, question: MapQuestion) {
    return this.asked(store, async (open) => open.askMap(question));
  }

  raceStart(store: StoreHandle): Promise<Result<RaceStart | null>> {
    return this.asked(store, async (open) => success(await open.raceStart()));
  }

  repairPlan(store: StoreHandle): Promise<Result<RepairPlan>> {
    return this.asked(store, async (open) => {
      const going = this.turns.now();
      return open.repairPlan(await this.module(), going);
    });
  }

  /** Answers a question about one store, and never another. */
  private async asked<T>(
    store: StoreHandle,
    answer: (open: OpenStore) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const open = this.opened;
    if (open?.handle !== store) return failure(storeStale());
    return caught(open.image.name, () => answer(open));
  }
}

/** Whatever it throws is a problem of the image that is called so. */
async function caught<T>(name: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return failure(problemOf(error, name));
  }
}
