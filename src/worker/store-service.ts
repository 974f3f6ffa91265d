import { checkStore } from "../engine/check/check.ts";
import { storeLikeness } from "../engine/check/store-likeness.ts";
import type { Core } from "../engine/core.ts";
import { cancelled, emptyImage, problemOf } from "../engine/problems.ts";
import { raceStart } from "../engine/race/start.ts";
import { copyRows, filterRows } from "../engine/read/kept-rows.ts";
import { readChunk } from "../engine/read/read-chunk.ts";
import { storeLayout } from "../engine/read/store-layout.ts";
import { snapshotTo } from "../engine/snapshot/snapshot-target.ts";
import { makeReport } from "../explain/report/report.ts";
import type { CheckOptions, Progress } from "../protocol/check.ts";
import type { StoreFacts } from "../protocol/facts.ts";
import { judgeOptions } from "../protocol/options.ts";
import { failure, type Result, success } from "../protocol/problem.ts";
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
import { BlobSource } from "../source/blob-source.ts";
import type { BlockSource } from "../source/block-source.ts";

interface Open {
  name: string;
  source: BlockSource;
  core: Core;
  facts: StoreFacts;
  rowsKept: boolean;
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
      this.opened = { name, source, ...checked };
      return success(this.describe(this.opened));
    } catch (error) {
      return failure(problemOf(error, name));
    }
  }

  async cancel(): Promise<void> {
    this.turn += 1;
  }

  async snapshot(
    origin: Blob,
    name: string,
    target: SnapshotTarget,
    onProgress: (progress: SnapshotProgress) => void,
  ): Promise<Result<ReadSnapshot>> {
    this.turn += 1;
    const turn = this.turn;
    const { facts, source, name: image } = this.current();
    const hooks = {
      afterBatch: (progress: SnapshotProgress): boolean => {
        if (turn === this.turn) onProgress(progress);
        return turn === this.turn;
      },
    };
    try {
      const from = { name: image, facts, cow: source };
      const to = { name, origin: new BlobSource(origin) };
      return await snapshotTo(await this.module(), from, to, target, hooks);
    } catch (error) {
      return failure(problemOf(error, name));
    }
  }

  async storeLikeness(file: Blob, name: string): Promise<Result<StoreLikeness>> {
    if (file.size === 0) return failure(emptyImage(name));
    try {
      return success(await storeLikeness(await this.module(), new BlobSource(file)));
    } catch (error) {
      return failure(problemOf(error, name));
    }
  }

  async headerChunk(): Promise<Result<ChunkBytes>> {
    return this.chunk(0n);
  }

  async areaChunk(area: number): Promise<Result<ChunkBytes>> {
    const { core } = this.current();
    return this.chunk(core.area_location(BigInt(area), core.get_per_area()));
  }

  async rows(first: number, count: number): Promise<BigUint64Array<ArrayBuffer>> {
    return copyRows(this.current().core, first, count);
  }

  async filterRows(filter: RowFilter): Promise<RowMatches> {
    return filterRows(this.current().core, filter);
  }

  async raceStart(): Promise<Result<RaceStart | null>> {
    const { name, source, core, facts } = this.current();
    if (facts.exceptionsPerArea === 0) return success(null);
    try {
      return success(await raceStart(core, source, facts));
    } catch (error) {
      return failure(problemOf(error, name));
    }
  }

  private async chunk(chunk: bigint): Promise<Result<ChunkBytes>> {
    const { name, source, facts } = this.current();
    try {
      return success(await readChunk(source, facts.chunkSize, chunk));
    } catch (error) {
      return failure(problemOf(error, name));
    }
  }

  /** @throws if no store is open: the page asks only after `open` has answered. */
  private current(): Open {
    if (!this.opened) throw new Error("no store is open");
    return this.opened;
  }

  private describe({ name, source, core, facts, rowsKept }: Open): OpenedStore {
    return {
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
