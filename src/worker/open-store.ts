import type { CheckedStore } from "../engine/check/check.ts";
import { findDamage } from "../engine/lookup/damage.ts";
import { lookUp } from "../engine/lookup/look-up.ts";
import type { GoOn } from "../engine/lookup/pass-table.ts";
import { type MapReader, makeStoreMap } from "../engine/map/store-map.ts";
import { cancelled, mapTooLarge, originNotThere } from "../engine/problems.ts";
import { raceStart } from "../engine/race/start.ts";
import { copyRows, filterRows } from "../engine/read/kept-rows.ts";
import { readChunk } from "../engine/read/read-chunk.ts";
import { storeLayout } from "../engine/read/store-layout.ts";
import { planRepair } from "../engine/repair/plan-repair.ts";
import { planRescue } from "../engine/rescue/plan-rescue.ts";
import { rescueReport } from "../engine/rescue/rescue-report.ts";
import type { NamedOrigin, SnapshotStore } from "../engine/snapshot/snapshot-store.ts";
import { takeSnapshot } from "../engine/snapshot/take-snapshot.ts";
import { makePlan } from "../explain/repair/plan.ts";
import { makeReport } from "../explain/report/report.ts";
import type { OpenedFiles } from "../protocol/files.ts";
import type { DamageReport, LookupPlace, LookupReport } from "../protocol/lookup.ts";
import type { MapQuestion, MapQuestions, MapTopic } from "../protocol/map.ts";
import { failure, type Result, success } from "../protocol/problem.ts";
import type { RaceStart } from "../protocol/race.ts";
import type { RepairPlan } from "../protocol/repair.ts";
import type { RescueReport } from "../protocol/rescue.ts";
import type { SnapshotProgress } from "../protocol/snapshot.ts";
import type {
  ChunkBytes,
  ChunkPair,
  OpenedStore,
  ReadSnapshot,
  RowFilter,
  RowMatches,
  SnapshotTarget,
  StoreHandle,
} from "../protocol/store-service.ts";
import { BlobSource } from "../source/blob-source.ts";
import { answerMap } from "./answer-map.ts";
import { Breath } from "./breath.ts";
import type { HeldFiles } from "./held-files.ts";
import type { Image } from "./image.ts";
import { loadHeldFiles } from "./load-held-files.ts";
import { newHandle } from "./new-handle.ts";
import { nobleSha256 } from "./noble-sha256.ts";
import { outTo } from "./out-to.ts";

/** A store that was checked, and what can be asked of it. All of it throws where reading does. */
export class OpenStore {
  readonly handle: StoreHandle = newHandle();
  /** The same for its snapshots. */
  private readonly store: SnapshotStore;
  /** Made when it is first asked for; null: it does not fit. */
  private map: MapReader | null | undefined;
  /** Of its snapshot, as they were opened last. */
  files: HeldFiles | null = null;

  constructor(
    readonly image: Image,
    readonly checked: CheckedStore,
  ) {
    const { core, facts, rowsKept } = checked;
    this.store = { name: image.name, facts, cow: image.source, rows: rowsKept ? core : null };
  }

  describe(): OpenedStore {
    const { name, source, setting } = this.image;
    const { core, facts, rowsKept } = this.checked;
    return {
      handle: this.handle,
      report: makeReport(name, facts, setting),
      layout: storeLayout(core, facts.chunkSize),
      areaCount: Math.max(1, facts.areasRead),
      rowCount: Number(facts.exceptions),
      rowsKept,
      progress: {
        areas: facts.areasRead,
        exceptions: Number(facts.exceptions),
        ...source.counters,
        ends: null,
      },
    };
  }

  headerChunk(): Promise<ChunkBytes> {
    return this.chunk(0n);
  }

  areaChunk(area: number): Promise<ChunkBytes> {
    const { core } = this.checked;
    return this.chunk(core.area_location(BigInt(area), core.get_per_area()));
  }

  private chunk(chunk: bigint): Promise<ChunkBytes> {
    return readChunk(this.image.source, this.checked.facts.chunkSize, chunk);
  }

  rows(first: number, count: number): BigUint64Array<ArrayBuffer> {
    return copyRows(this.checked.core, first, count);
  }

  filterRows(filter: RowFilter): RowMatches {
    return filterRows(this.checked.core, filter);
  }

  askMap(question: MapQuestion): Result<MapQuestions[MapTopic]["answer"]> {
    const { core, facts } = this.checked;
    if (this.map === undefined) this.map = makeStoreMap(core, facts);
    if (this.map === null) return failure(mapTooLarge(this.image.name));
    return success(answerMap(this.map, question));
  }

  /** null: its chunk size gives no areas. */
  async raceStart(): Promise<RaceStart | null> {
    const { core, facts } = this.checked;
    return facts.exceptionsPerArea === 0 ? null : raceStart(core, this.image.source, facts);
  }

  async rescue(compiled: WebAssembly.Module, going: () => boolean): Promise<Result<RescueReport>> {
    const { name, source } = this.image;
    const planned = await planRescue(compiled, name, source, this.checked.facts.options, going);
    return planned.ok ? success(rescueReport(name, planned.value)) : planned;
  }

  async repairPlan(
    compiled: WebAssembly.Module,
    going: () => boolean,
  ): Promise<Result<RepairPlan>> {
    const { name, source, setting, whence } = this.image;
    const hooks = { afterBatch: going };
    const plan = await planRepair(compiled, source, this.checked.facts.options, hooks);
    if (!plan) return failure(cancelled(name));
    return success(makePlan(name, plan, await whence(), digestOf, setting));
  }

  async lookUp(
    compiled: WebAssembly.Module,
    place: LookupPlace,
    going: () => boolean,
  ): Promise<Result<LookupReport>> {
    const report = await lookUp(compiled, this.store, place, breathing(going));
    return report && going() ? success(report) : failure(cancelled(this.image.name));
  }

  async damage(compiled: WebAssembly.Module, going: () => boolean): Promise<Result<DamageReport>> {
    const report = await findDamage(compiled, this.store, breathing(going));
    return report ? success(report) : failure(cancelled(this.image.name));
  }

  async chunkPair(
    exception: { old: bigint; new: bigint },
    origin: { blob: Blob | null; name: string } | null,
  ): Promise<ChunkPair> {
    const { chunkSize } = this.checked.facts;
    const cow = await this.chunk(exception.new);
    const source = origin?.blob ? new BlobSource(origin.blob) : this.image.origin?.source;
    if (!origin || !source) return { cow, origin: null };
    const chunk = await readChunk(source, chunkSize, exception.old);
    return { cow, origin: { name: origin.name, chunk } };
  }

  /** @param origin its `blob` null: the one that it is paired with. @param going false cancels. */
  async openFiles(
    compiled: WebAssembly.Module,
    { blob, name }: { blob: Blob | null; name: string },
    going: () => boolean,
  ): Promise<Result<OpenedFiles>> {
    const to = this.originOf(blob, name);
    if (to === null) return failure(originNotThere(name));
    const { HeldFiles } = await loadHeldFiles();
    const opened = await HeldFiles.open(compiled, this.store, to, going);
    if (!opened.ok) return opened;
    this.files = opened.value;
    return success(opened.value.describe());
  }

  /** null: nothing pairs it with one. */
  private originOf(blob: Blob | null, name: string): NamedOrigin | null {
    return blob === null ? this.image.origin : { name, source: new BlobSource(blob) };
  }

  /** @param origin null: the one that it is paired with. @param name of the origin */
  async snapshot(
    compiled: WebAssembly.Module,
    origin: Blob | null,
    name: string,
    target: SnapshotTarget,
    onProgress: (progress: SnapshotProgress) => void,
    going: () => boolean,
  ): Promise<Result<ReadSnapshot>> {
    const { inputs } = this.image;
    const breath = new Breath();
    const hooks = {
      afterBatch: async (progress: SnapshotProgress): Promise<boolean> => {
        if (going()) onProgress(progress);
        await breath.take();
        return going();
      },
    };
    const to = this.originOf(origin, name);
    if (to === null) return failure(originNotThere(name));
    const out = outTo(target, origin === null ? inputs : [...inputs, origin]);
    const read = await takeSnapshot(compiled, this.store, to, out.open, nobleSha256(), hooks);
    return read.ok ? success({ report: read.value, blob: out.blob() }) : read;
  }
}

/** Goes on as long as it may, and lets the page's messages in meanwhile. */
function breathing(going: () => boolean): GoOn {
  const breath = new Breath();
  return async () => {
    await breath.take();
    return going();
  };
}

function digestOf(bytes: Uint8Array): string {
  const hash = nobleSha256();
  hash.update(bytes);
  return hash.digest();
}
