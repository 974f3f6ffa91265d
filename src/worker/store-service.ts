import { checkStore } from "../engine/check/check.ts";
import { storeLikeness } from "../engine/check/store-likeness.ts";
import type { Core } from "../engine/core.ts";
import {
  cancelled,
  emptyImage,
  machineStale,
  originNotThere,
  problemOf,
  storePacked,
  storeStale,
} from "../engine/problems.ts";
import { raceStart } from "../engine/race/start.ts";
import { copyRows, filterRows } from "../engine/read/kept-rows.ts";
import { readChunk } from "../engine/read/read-chunk.ts";
import { storeLayout } from "../engine/read/store-layout.ts";
import { planRepair } from "../engine/repair/plan-repair.ts";
import type { NamedOrigin, SnapshotStore } from "../engine/snapshot/snapshot-store.ts";
import { takeSnapshot } from "../engine/snapshot/take-snapshot.ts";
import type { Typed } from "../explain/repair/commands.ts";
import { makePlan } from "../explain/repair/plan.ts";
import { copyOf } from "../explain/repair/whence.ts";
import { makeReport } from "../explain/report/report.ts";
import type { CheckOptions, Progress } from "../protocol/check.ts";
import type { StoreFacts } from "../protocol/facts.ts";
import { checkOptionsOf, subjectOf } from "../protocol/found-store.ts";
import type { StoreSubject } from "../protocol/machine.ts";
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
import type { BlockSource } from "../source/block-source.ts";
import { Breath } from "./breath.ts";
import { HeldMachine, Stopped } from "./held-machine.ts";
import { newHandle } from "./new-handle.ts";
import { nobleSha256 } from "./noble-sha256.ts";
import { outTo } from "./out-to.ts";

/** An image to be checked: a file, or what was found in some. */
interface Image {
  name: string;
  source: BlockSource;
  /** The files that its bytes lie in: never to be written to. */
  inputs: readonly Blob[];
  subject: StoreSubject | null;
  /** The origin it is paired with; null where none is known, or it cannot be read. */
  origin: NamedOrigin | null;
  /** Whether it is a bundle, in which its data is not. */
  packed: boolean;
  /** How a person has its bytes, and the copy that is made of them. */
  whence: () => Promise<Typed>;
}

interface Open extends Image {
  handle: StoreHandle;
  core: Core;
  facts: StoreFacts;
  rowsKept: boolean;
  /** The same for its snapshots. */
  store: SnapshotStore;
}

/** The engine as the page's worker offers it; `loadCore` compiles build/core.wasm. */
export function createStoreService(loadCore: () => Promise<WebAssembly.Module>): StoreService {
  return new Service(loadCore);
}

class Service implements StoreService {
  private compiled: Promise<WebAssembly.Module> | null = null;
  private opened: Open | null = null;
  private machine: HeldMachine | null = null;
  /** Counts opens and cancels: a check goes on only while the number is still its own. */
  private turn = 0;
  /** Of the call that looks into a machine or checks in the background: nothing more is read for it. */
  private readingFor: number | null = null;

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
    this.turn += 1;
    this.opened = null;
    if (file.size === 0) return failure(emptyImage(name));
    const source = new BlobSource(file);
    const typed: Typed = { from: { kind: "image", image: name }, copy: copyOf(name) };
    const whence = async () => typed;
    const own = { subject: null, origin: null, packed: false };
    const image = { name, source, inputs: [file], ...own, whence };
    return this.openImage(image, options, onProgress);
  }

  async openFound(
    handle: MachineHandle,
    node: number,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
  ): Promise<Result<{ store: OpenedStore; blob: Blob | null }>> {
    this.turn += 1;
    this.opened = null;
    const { machine } = this;
    const found = this.foundImage(handle, node, options);
    if (!found.ok) return found;
    const { image, options: withLvm } = found.value;
    const opened = await this.openImage(image, withLvm, onProgress);
    if (!opened.ok || !machine) return opened.ok ? failure(machineStale()) : opened;
    return success({ store: opened.value, blob: await machine.blobOf(image.source) });
  }

  async checkFound(
    handle: MachineHandle,
    node: number,
    options: CheckOptions,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<{ report: Report; bytes: ReadOfWhole }>> {
    const found = this.foundImage(handle, node, options);
    const { machine } = this;
    if (!found.ok) return found;
    const { image, options: withLvm } = found.value;
    const { name, source, subject } = image;
    return this.inBackground(name, async (going) => {
      const hooks = {
        afterBatch: (progress: Progress): boolean => {
          if (going()) onProgress(progress);
          return going();
        },
      };
      const checked = await checkStore(await this.module(), source, withLvm, false, hooks);
      if (!checked || !machine) return failure(cancelled(name));
      return success({ report: makeReport(name, checked.facts, subject), bytes: machine.bytes });
    });
  }

  async look(
    files: readonly NamedBlob[],
    onProgress: (bytes: ReadOfWhole) => void,
  ): Promise<Result<LookedInto | null>> {
    const names = files.map(({ name }) => name).join(", ");
    return this.inBackground(names, async (going) => {
      this.machine = null;
      // An empty file is no store and no disk: what opens it says so.
      if (files.every(({ blob }) => blob.size === 0)) return success(null);
      const held = await HeldMachine.find(
        files,
        await this.module(),
        () => this.assertWanted(),
        (bytes) => {
          if (going()) onProgress(bytes);
        },
      );
      this.machine = held;
      if (!held) return success(null);
      return success({ machine: held.handle, tree: held.machine.tree, bytes: held.bytes });
    });
  }

  async outerLayer(file: Blob, name: string): Promise<Result<OuterLayer>> {
    try {
      const { outerLayer, WRAPPERS } = await import("./containers.ts");
      return success(await outerLayer(new BlobSource(file), WRAPPERS));
    } catch (error) {
      return failure(problemOf(error, name));
    }
  }

  /** Ends by itself where it is cancelled; what is open stays as it is. */
  private async inBackground<T>(
    name: string,
    work: (going: () => boolean) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    this.turn += 1;
    const turn = this.turn;
    this.readingFor = turn;
    try {
      const done = await work(() => turn === this.turn);
      return turn === this.turn ? done : failure(cancelled(name));
    } catch (error) {
      return failure(error instanceof Stopped ? cancelled(name) : problemOf(error, name));
    } finally {
      if (this.readingFor === turn) this.readingFor = null;
    }
  }

  /** @throws Stopped where a call reads on that nobody waits for any more. */
  private assertWanted(): void {
    if (this.readingFor !== null && this.readingFor !== this.turn) throw new Stopped();
  }

  /** A store of the machine that is held, and the options with what its volume group says. */
  private foundImage(
    handle: MachineHandle,
    node: number,
    options: CheckOptions,
  ): Result<{ image: Image; options: CheckOptions }> {
    const held = this.machine;
    if (held?.handle !== handle) return failure(machineStale());
    try {
      const found = held.storeAt(node);
      if (!found) return failure(machineStale());
      const { store, name, source } = found;
      const inputs = held.files;
      const image = {
        name,
        source,
        inputs,
        subject: subjectOf(store),
        origin: held.originOf(store),
        packed: store.packed !== undefined,
        whence: () => held.whenceOf(store, source),
      };
      return success({ image, options: checkOptionsOf(store, options) });
    } catch (error) {
      return failure(problemOf(error, "the store"));
    }
  }

  private async openImage(
    image: Image,
    options: CheckOptions,
    onProgress: (progress: Progress, soFar: Report | null) => void,
  ): Promise<Result<OpenedStore>> {
    const { turn } = this;
    const { name, source, subject } = image;
    const bad = judgeOptions(options);
    if (bad) return failure(bad);
    const hooks = {
      afterBatch: (progress: Progress, soFar: () => StoreFacts): boolean => {
        if (turn === this.turn) onProgress(progress, makeReport(name, soFar(), subject));
        return turn === this.turn;
      },
    };
    try {
      const checked = await checkStore(await this.module(), source, options, true, hooks);
      if (!checked || turn !== this.turn) return failure(cancelled(name));
      const { core, facts, rowsKept } = checked;
      const store = { name, facts, cow: source, rows: rowsKept ? core : null };
      const opened = { ...image, handle: newHandle(), core, facts, rowsKept, store };
      this.opened = opened;
      return success(this.describe(opened));
    } catch (error) {
      return failure(problemOf(error, name));
    }
  }

  async cancel(): Promise<void> {
    this.turn += 1;
  }

  snapshot(
    store: StoreHandle,
    origin: Blob | null,
    name: string,
    target: SnapshotTarget,
    onProgress: (progress: SnapshotProgress) => void,
  ): Promise<Result<ReadSnapshot>> {
    return this.asked(store, async (open) => {
      if (open.packed) return failure(storePacked(open.name));
      this.turn += 1;
      const turn = this.turn;
      const breath = new Breath();
      const hooks = {
        afterBatch: async (progress: SnapshotProgress): Promise<boolean> => {
          if (turn === this.turn) onProgress(progress);
          await breath.take();
          return turn === this.turn;
        },
      };
      const compiled = await this.module();
      const to = origin === null ? open.origin : { name, source: new BlobSource(origin) };
      if (to === null) return failure(originNotThere(name));
      const out = outTo(target, origin === null ? open.inputs : [...open.inputs, origin]);
      const read = await takeSnapshot(compiled, open.store, to, out.open, nobleSha256(), hooks);
      return read.ok ? success({ report: read.value, blob: out.blob() }) : read;
    });
  }

  async storeLikeness(file: Blob, name: string): Promise<Result<StoreLikeness>> {
    if (file.size === 0) return failure(emptyImage(name));
    try {
      return success(await storeLikeness(await this.module(), new BlobSource(file)));
    } catch (error) {
      return failure(problemOf(error, name));
    }
  }

  headerChunk(store: StoreHandle): Promise<Result<ChunkBytes>> {
    return this.asked(store, async (open) => success(await chunkOf(open, 0n)));
  }

  areaChunk(store: StoreHandle, area: number): Promise<Result<ChunkBytes>> {
    return this.asked(store, async (open) => {
      const { core } = open;
      const chunk = core.area_location(BigInt(area), core.get_per_area());
      return success(await chunkOf(open, chunk));
    });
  }

  rows(
    store: StoreHandle,
    first: number,
    count: number,
  ): Promise<Result<BigUint64Array<ArrayBuffer>>> {
    return this.asked(store, async ({ core }) => success(copyRows(core, first, count)));
  }

  filterRows(store: StoreHandle, filter: RowFilter): Promise<Result<RowMatches>> {
    return this.asked(store, async ({ core }) => success(filterRows(core, filter)));
  }

  raceStart(store: StoreHandle): Promise<Result<RaceStart | null>> {
    return this.asked(store, async ({ source, core, facts }) => {
      if (facts.exceptionsPerArea === 0) return success(null);
      return success(await raceStart(core, source, facts));
    });
  }

  repairPlan(store: StoreHandle): Promise<Result<RepairPlan>> {
    return this.asked(store, async ({ name, source, facts, subject, whence }) => {
      const { turn } = this;
      const hooks = { afterBatch: () => turn === this.turn };
      const plan = await planRepair(await this.module(), source, facts.options, hooks);
      if (!plan) return failure(cancelled(name));
      return success(makePlan(name, plan, await whence(), digestOf, subject));
    });
  }

  /** Answers a question about one store, and never another; whatever it throws is a problem. */
  private async asked<T>(
    store: StoreHandle,
    answer: (open: Open) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const open = this.opened;
    if (open?.handle !== store) return failure(storeStale());
    try {
      return await answer(open);
    } catch (error) {
      return failure(problemOf(error, open.name));
    }
  }

  private describe({ handle, name, source, core, facts, rowsKept, subject }: Open): OpenedStore {
    return {
      handle,
      report: makeReport(name, facts, subject),
      layout: storeLayout(core, facts.chunkSize),
      areaCount: Math.max(1, facts.areasRead),
      rowCount: Number(facts.exceptions),
      rowsKept,
      progress: {
        areas: facts.areasRead,
        exceptions: Number(facts.exceptions),
        ...source.counters,
      },
    };
  }
}

function digestOf(bytes: Uint8Array): string {
  const hash = nobleSha256();
  hash.update(bytes);
  return hash.digest();
}

function chunkOf({ source, facts }: Open, chunk: bigint): Promise<ChunkBytes> {
  return readChunk(source, facts.chunkSize, chunk);
}
