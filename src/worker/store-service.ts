import { checkStore } from "../engine/check/check.ts";
import { storeLikeness } from "../engine/check/store-likeness.ts";
import type { Core } from "../engine/core.ts";
import { cancelled, emptyImage, problemOf, storeStale } from "../engine/problems.ts";
import { raceStart } from "../engine/race/start.ts";
import { copyRows, filterRows } from "../engine/read/kept-rows.ts";
import { readChunk } from "../engine/read/read-chunk.ts";
import { storeLayout } from "../engine/read/store-layout.ts";
import { planRepair } from "../engine/repair/plan-repair.ts";
import type { SnapshotStore } from "../engine/snapshot/snapshot-store.ts";
import { takeSnapshot } from "../engine/snapshot/take-snapshot.ts";
import { makePlan } from "../explain/repair/plan.ts";
import { makeReport } from "../explain/report/report.ts";
import type { CheckOptions, Progress } from "../protocol/check.ts";
import type { StoreFacts } from "../protocol/facts.ts";
import { judgeOptions } from "../protocol/options.ts";
import { failure, type Result, success } from "../protocol/problem.ts";
import type { RaceStart } from "../protocol/race.ts";
import type { RepairPlan } from "../protocol/repair.ts";
import type { Report } from "../protocol/report.ts";
import type { SnapshotProgress } from "../protocol/snapshot.ts";
import type {
  ChunkBytes,
  OpenedStore,
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
import { nobleSha256 } from "./noble-sha256.ts";
import { outTo } from "./out-to.ts";

interface Open {
  handle: StoreHandle;
  name: string;
  file: Blob;
  source: BlockSource;
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
  /** Counts opens and cancels: a check goes on only while the number is still its own. */
  private turn = 0;

  constructor(private readonly loadCore: () => Promise<WebAssembly.Module>) {}

  async warm(): Promise<void> {
    await this.module();
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
    const turn = this.turn;
    this.opened = null;
    if (file.size === 0) return failure(emptyImage(name));
    const bad = judgeOptions(options);
    if (bad) return failure(bad);
    const source = new BlobSource(file);
    const hooks = {
      afterBatch: (progress: Progress, soFar: () => StoreFacts): boolean => {
        if (turn === this.turn) onProgress(progress, makeReport(name, soFar()));
        return turn === this.turn;
      },
    };
    try {
      const checked = await checkStore(await this.module(), source, options, true, hooks);
      if (!checked || turn !== this.turn) return failure(cancelled(name));
      const { core, facts, rowsKept } = checked;
      const store = { name, facts, cow: source, rows: rowsKept ? core : null };
      const opened = { handle: newHandle(), name, file, source, core, facts, rowsKept, store };
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
    origin: Blob,
    name: string,
    target: SnapshotTarget,
    onProgress: (progress: SnapshotProgress) => void,
  ): Promise<Result<ReadSnapshot>> {
    return this.asked(store, async (open) => {
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
      const to = { name, source: new BlobSource(origin) };
      const out = outTo(target, [open.file, origin]);
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
    return this.asked(store, async ({ name, source, facts }) => {
      const { turn } = this;
      const hooks = { afterBatch: () => turn === this.turn };
      const plan = await planRepair(await this.module(), source, facts.options, hooks);
      if (!plan) return failure(cancelled(name));
      const from = { kind: "image", image: name } as const;
      return success(makePlan(name, plan, { from, copy: `${name}.repaired` }, digestOf));
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

  private describe({ handle, name, source, core, facts, rowsKept }: Open): OpenedStore {
    return {
      handle,
      report: makeReport(name, facts),
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

/** No other worker, before or after this one, gives the same. */
function newHandle(): StoreHandle {
  return crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n;
}

function chunkOf({ source, facts }: Open, chunk: bigint): Promise<ChunkBytes> {
  return readChunk(source, facts.chunkSize, chunk);
}
