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
import { makeReportSoFar } from "../explain/report/report-so-far.ts";
import type { CheckOptions, Progress } from "../protocol/check.ts";
import type { DiffReport } from "../protocol/diff.ts";
import type { StoreFacts } from "../protocol/facts.ts";
import type { FileList, FilesHandle, OpenedFiles, ReadFile } from "../protocol/files.ts";
import { checkOptionsOf } from "../protocol/found-store.ts";
import type { DamageReport, LookupPlace, LookupReport } from "../protocol/lookup.ts";
import type { MapQuestion } from "../protocol/map.ts";
import { judgeOptions } from "../protocol/options.ts";
import { failure, type Result, success } from "../protocol/problem.ts";
import type { RaceStart } from "../protocol/race.ts";
import type { RepairPlan } from "../protocol/repair.ts";
import type { Report } from "../protocol/report.ts";
import type { RescueReport } from "../protocol/rescue.ts";
import type { SnapshotProgress } from "../protocol/snapshot.ts";
import type {
  ChunkBytes,
  ChunkPair,
  LookedInto,
  MachineHandle,
  NamedFile,
  OpenedStore,
  OuterLayer,
  ReadOfWhole,
  ReadSnapshot,
  RemoteFile,
  RowFilter,
  RowMatches,
  SnapshotTarget,
  StoreHandle,
  StoreLikeness,
  StoreService,
} from "../protocol/store-service.ts";
import { BlobSource } from "../source/blob-source.ts";
import { compare } from "./compare.ts";
import { Files } from "./files.ts";
import type { HeldFiles } from "./held-files.ts";
import { HeldMachine } from "./held-machine.ts";
import { type Image, imageOfFile } from "./image.ts";
import { loadContainers } from "./load-containers.ts";
import { OpenStore } from "./open-store.ts";
import { Stopped, Turns } from "./turns.ts";

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
  private readonly files = new Files();
  /** Counts lookups: nobody waits for the answer to any but the last. */
  private lookups = 0;
  /** The same of what is asked about files. */
  private filesAsked = 0;

  constructor(private readonly loadCore: () => Promise<WebAssembly.Module>) {}

  async warm(): Promise<void> {
    await this.module();
    // A disk may be dropped next, and the server may be gone by then. A failure shows then.
    await loadContainers().catch(() => {});
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
    file: Blob | RemoteFile,
    name: string,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
  ): Promise<Result<OpenedStore>> {
    const going = this.turns.next();
    this.opened = null;
    const named: NamedFile = "address" in file ? file : { blob: file, name };
    return this.turns.untilNext(name, () =>
      caught(name, async () => {
        const source = await this.files.open(named);
        if (source.size === 0) return failure(emptyImage(name));
        return this.openImage(imageOfFile(named, source), options, onProgress, going);
      }),
    );
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
    const opened = await this.turns.untilNext(image.name, () =>
      this.openImage(image, withLvm, onProgress, going),
    );
    if (!opened.ok) return opened;
    return success({
      store: opened.value,
      blob: image.packed ? null : await machine.blobOf(image.source),
    });
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
    const { name, source, setting } = image;
    return this.turns.inBackground(name, async (going) => {
      const hooks = {
        afterBatch: (progress: Progress): boolean => {
          if (going()) onProgress(progress);
          return going();
        },
      };
      const checked = await checkStore(await this.module(), source, withLvm, false, hooks);
      if (!checked) return failure(cancelled(name));
      source.assertUnchanged?.();
      return success({ report: makeReport(name, checked.facts, setting), bytes: machine.bytes });
    });
  }

  async look(
    files: readonly NamedFile[],
    onProgress: (bytes: ReadOfWhole) => void,
  ): Promise<Result<LookedInto | null>> {
    const names = files.map(({ name }) => name).join(", ");
    return this.turns.inBackground(names, async (going) => {
      this.machine = null;
      this.files.forget();
      let looking = true;
      const beforeRead = () => {
        if (looking && !going()) throw new Stopped();
        this.turns.assertWanted();
      };
      const bottoms = await Promise.all(files.map((file) => this.files.open(file, beforeRead)));
      // An empty file is no store and no disk: what opens it says so.
      if (bottoms.every(({ size }) => size === 0)) return success(null);
      const compiled = await this.module();
      const held = await HeldMachine.find(files, bottoms, compiled, beforeRead, (bytes) => {
        if (going()) onProgress(bytes);
      });
      looking = false;
      if (!going()) return failure(cancelled(names));
      this.machine = held;
      if (!held) return success(null);
      return success({ machine: held.handle, tree: held.machine.tree, bytes: held.bytes });
    });
  }

  outerLayer(file: Blob, name: string): Promise<Result<OuterLayer>> {
    return caught(name, async () => {
      const { outerLayer, WRAPPERS } = await loadContainers();
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
    const { name, source, setting } = image;
    const bad = judgeOptions(options);
    if (bad) return failure(bad);
    const hooks = {
      afterBatch: (progress: Progress, soFar: () => StoreFacts): boolean => {
        if (going()) onProgress(progress, makeReportSoFar(name, soFar(), setting));
        return going();
      },
      looksAhead: true,
    };
    return caught(name, async () => {
      const checked = await checkStore(await this.module(), source, options, true, hooks);
      if (!checked || !going()) return failure(cancelled(name));
      source.assertUnchanged?.();
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

  lookUp(store: StoreHandle, place: LookupPlace): Promise<Result<LookupReport>> {
    return this.asked(store, async (open) => {
      const going = this.turns.now();
      this.lookups += 1;
      const { lookups } = this;
      const latest = (): boolean => going() && lookups === this.lookups;
      return open.lookUp(await this.module(), place, latest);
    });
  }

  damage(store: StoreHandle): Promise<Result<DamageReport>> {
    return this.asked(store, async (open) => open.damage(await this.module(), this.turns.now()));
  }

  chunkPair(
    store: StoreHandle,
    exception: { old: bigint; new: bigint },
    origin: { blob: Blob | null; name: string } | null,
  ): Promise<Result<ChunkPair>> {
    return this.asked(store, async (open) => {
      if (open.image.packed) return failure(storePacked(open.image.name));
      return success(await open.chunkPair(exception, origin));
    });
  }

  openFiles(
    store: StoreHandle,
    origin: { blob: Blob | null; name: string },
  ): Promise<Result<OpenedFiles>> {
    const latest = this.latestOfFiles();
    return this.asked(store, async (open) => {
      if (open.image.packed) return failure(storePacked(open.image.name));
      return open.openFiles(await this.module(), origin, latest);
    });
  }

  listFiles(store: StoreHandle, files: FilesHandle, path: string): Promise<Result<FileList>> {
    const latest = this.latestOfFiles();
    return this.askedFiles(store, files, (held) => held.list(path, latest));
  }

  readFile(
    store: StoreHandle,
    files: FilesHandle,
    path: string,
    partial: boolean,
  ): Promise<Result<ReadFile>> {
    const latest = this.latestOfFiles();
    return this.askedFiles(store, files, (held) => held.read(path, partial, latest));
  }

  async stopFiles(): Promise<void> {
    this.latestOfFiles();
  }

  /** Ends what was asked about files before. @returns whether what is asked now may go on. */
  private latestOfFiles(): () => boolean {
    const going = this.turns.now();
    this.filesAsked += 1;
    const { filesAsked } = this;
    return () => going() && filesAsked === this.filesAsked;
  }

  private askedFiles<T>(
    store: StoreHandle,
    files: FilesHandle,
    answer: (held: HeldFiles) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    return this.asked(store, async (open) => {
      const { files: held } = open;
      return held?.handle === files ? answer(held) : failure(storeStale());
    });
  }

  diff(
    store: StoreHandle,
    other: Blob,
    name: string,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<DiffReport>> {
    return this.asked(store, (open) =>
      this.turns.inBackground(name, async (going) => {
        const hooks = {
          beforeRead: () => this.turns.assertWanted(),
          afterBatch: (progress: Progress): boolean => {
            if (going()) onProgress(progress);
            return going();
          },
        };
        return compare(await this.module(), open, { blob: other, name }, hooks);
      }),
    );
  }

  repairPlan(store: StoreHandle): Promise<Result<RepairPlan>> {
    return this.asked(store, async (open) => {
      const going = this.turns.now();
      return open.repairPlan(await this.module(), going);
    });
  }

  rescue(store: StoreHandle): Promise<Result<RescueReport>> {
    return this.asked(store, async (open) => {
      if (open.image.packed) return failure(storePacked(open.image.name));
      const going = this.turns.now();
      return open.rescue(await this.module(), going);
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
