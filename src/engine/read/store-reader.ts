import type { CheckOptions, Progress, TableEnds } from "../../protocol/check.ts";
import type { Activation, AreasOutcome, StoreFacts } from "../../protocol/facts.ts";
import { kernelAge } from "../../protocol/find-kernel.ts";
import type { Insertion } from "../../protocol/kernel-age.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { describe } from "../check/activation.ts";
import {
  type AgeActivation,
  areasUnder,
  headersByAge,
  overflowsByInsertion,
  readByOtherSize,
  readsOtherwise,
  type TableOutcome,
  withAreas,
} from "../check/ages.ts";
import { CORE_CODES } from "../check/finding-codes.ts";
import {
  addHeaderRace,
  type HeaderTraces,
  headerTraces,
  strayFits,
} from "../check/fingerprints.ts";
import { rankChunkSizes } from "../check/infer-chunk-size.ts";
import {
  addContradiction,
  addCoreFindings,
  addCutByResize,
  addHeaderFindings,
  addStoreFindings,
  addTrailingBytes,
  FindingList,
} from "../check/lift-findings.ts";
import { mergeFacts, mergeNeedsRows } from "../check/merge.ts";
import { contradiction, storeChunkSize } from "../check/store-chunk-size.ts";
import {
  addEmptiedArea,
  addTableHistory,
  findOrphanArea,
  firstChunkUsed,
  mayHaveFilledUp,
  type OrphanArea,
} from "../check/table-history.ts";
import type { Core } from "../core.ts";
import type { CheckHooks } from "./check-hooks.ts";
import { findTableEnds } from "./find-table-ends.ts";
import { readAreas, TableTooLarge } from "./read-areas.ts";
import {
  holdsData,
  readHeaderChunk,
  readStart,
  saysNeverInvalidated,
  trailingBytes,
} from "./read-start.ts";

/** One reading of one store with one instance of the core. */
export class StoreReader {
  private facts!: StoreFacts;
  private traces: HeaderTraces = { race: null, stray: null };
  private orphan: OrphanArea | null = null;
  /** undefined: not looked for yet. */
  private ends: TableEnds | null | undefined;
  private beyondDevice = false;
  private filledUp = false;
  private emptied = false;
  private overflows: ReadonlyMap<Insertion, boolean> = new Map();
  /** Ages that read the areas by another chunk size, and what comes of it. */
  private readonly otherwise = new Map<Activation, AreasOutcome>();
  /** What is wrong in chunk 0; the rest is asked of the core whenever facts are made. */
  private readonly inHeader = new FindingList();

  constructor(
    readonly core: Core,
    private readonly source: BlockSource,
    private readonly options: CheckOptions,
    private readonly hooks: CheckHooks,
  ) {}

  /** Chunk 0, the kernel's read_header(), and by which chunk size the areas are to be read. */
  async readHead(): Promise<void> {
    const { core, source, options } = this;
    const sectors = BigInt(Math.floor(source.size / 512));
    const start = await readStart(core, source);
    const { header } = start;
    describe(core, sectors, options, 0);
    const size = await storeChunkSize(core, source, options, start);
    const tableChunk = size.table.sectors;
    describe(core, sectors, options, tableChunk);
    const lvmChunk = tableChunk === 0 && size.from === "inferred" ? size.sectors : null;
    const ages = headersByAge(core, sectors, options, tableChunk, lvmChunk);
    core.set_store_chunk_size(size.sectors);
    this.facts = {
      options,
      bytes: BigInt(source.size),
      sectors,
      header,
      saysNeverInvalidated: header !== null && saysNeverInvalidated(core, header),
      tableChunkFrom: size.table.from,
      chunkSize: size.sectors,
      chunkSizeFrom: size.from,
      chunkSizeRanking: size.ranking,
      exceptionsPerArea: core.get_per_area(),
      areasRead: 0,
      areasFull: 0,
      exceptions: 0n,
      activation: asked(ages, options.kernel, tableChunk),
      merge: null,
      ages,
      looksLike: size.looksLike,
      holdsData: header?.magic === 0 && (await holdsData(core, source)),
      findings: this.inHeader.findings,
      counts: this.inHeader.counts,
    };
    if (header) addHeaderFindings(this.inHeader, core, header);
    if (size.looksLike !== null) return;
    const chunk = await readHeaderChunk(core, source, start.bytes, size.sectors * 512);
    const trailing = trailingBytes(core, chunk);
    if (header) this.traces = headerTraces(core);
    // Bytes that are told as exceptions are not told once more as bytes.
    if (trailing && !strayFits(this.traces)) addTrailingBytes(this.inHeader, trailing);
  }

  /** @returns false if it was cancelled. */
  async readTable(keep: boolean): Promise<boolean> {
    if (this.facts.looksLike !== null) return true;
    const afterBatch = async (ended: boolean): Promise<boolean> => {
      if (this.hooks.looksAhead && !ended && this.ends === undefined) {
        this.ends = await findTableEnds(this.core, this.source);
      }
      return this.hooks.afterBatch(this.progress(), () => this.soFar());
    };
    const read = await readAreas(this.core, this.source, keep, afterBatch);
    this.beyondDevice = read.beyondDevice;
    return !read.cancelled;
  }

  /** Whether the quick reading left something open that only the rows of the table can settle. */
  needsRows(): boolean {
    const { core, options } = this;
    if (core.needs_audit()) return true;
    return !this.beyondDevice && mergeNeedsRows(core, this.facts.activation, options.kernel);
  }

  /** Everything that needs the whole table. @param make another core, to try other chunk sizes with. */
  async finish(make: () => Promise<Core>): Promise<StoreFacts> {
    if (this.facts.looksLike !== null) return this.facts;
    const { core } = this;
    core.audit();
    if (core.get_out_of_memory()) throw new TableTooLarge(core.get_exceptions());
    const { tableChunk } = this.facts.activation;
    this.overflows = overflowsByInsertion(core, this.facts.sectors, this.options, tableChunk);
    if (!this.beyondDevice) {
      const { activation, chunkSize } = this.facts;
      this.facts.merge = mergeFacts(core, activation, this.options.kernel, chunkSize);
    }
    await this.readOtherwise(make);
    if (!this.beyondDevice) this.orphan = await findOrphanArea(this.core, this.source);
    this.emptied = this.endsInvalidAndEmpty() && (await firstChunkUsed(core, this.source));
    this.filledUp = this.traces.race === "zero" && (await mayHaveFilledUp(this.core, this.source));
    if (this.facts.chunkSizeFrom === "header" && this.readsBadly()) {
      const other = await make();
      describe(other, this.facts.sectors, this.options, 0);
      this.facts.chunkSizeRanking = await rankChunkSizes(other, this.source);
    }
    return this.soFar();
  }

  /** An invalidated store, its header right and nothing else in chunk 0, that ends in an empty area. */
  private endsInvalidAndEmpty(): boolean {
    const { core, facts, traces } = this;
    if (facts.activation.outcome !== "invalid" || this.beyondDevice) return false;
    if (traces.race !== null || traces.stray !== null) return false;
    return core.get_exceptions() === BigInt(core.get_full_areas()) * BigInt(core.get_per_area());
  }

  private async readOtherwise(make: () => Promise<Core>): Promise<void> {
    const { chunkSize, sectors } = this.facts;
    const headerChunk = this.facts.header?.chunkSize ?? 0;
    const made = new Map<string, Awaited<ReturnType<typeof readByOtherSize>>>();
    for (const age of this.facts.ages) {
      const reading = readsOtherwise(age, chunkSize, headerChunk);
      if (!reading) continue;
      const key = `${reading.chunkSize} ${reading.stride}`;
      const { core, table } =
        made.get(key) ?? (await readByOtherSize(make, this.source, sectors, this.options, reading));
      made.set(key, { core, table });
      this.otherwise.set(age.activation, areasUnder(core, table, kernelAge(age.id)));
    }
  }

  /** Whether the table, read by the header's chunk size, is empty or mostly nonsense. */
  private readsBadly(): boolean {
    const bad = this.core.findings_count(CORE_CODES.indexOf("exception.new.beyond-device"));
    return bad * 2n >= this.core.get_exceptions();
  }

  private soFar(): StoreFacts {
    const { core, beyondDevice } = this;
    const list = new FindingList();
    for (const finding of this.inHeader.findings) list.add(finding);
    addCoreFindings(list, core, this.facts.chunkSize, this.facts.header?.valid === 0);
    const facts: StoreFacts = {
      ...this.facts,
      areasRead: core.get_current_area() + (beyondDevice ? 0 : 1),
      areasFull: core.get_full_areas(),
      exceptions: core.get_exceptions(),
      findings: list.findings,
      counts: list.counts,
    };
    const table: TableOutcome = { ioError: beyondDevice, overflows: this.overflows };
    facts.ages = withAreas(core, facts.ages, table, this.otherwise);
    facts.activation = asked(facts.ages, this.options.kernel, facts.activation.tableChunk);
    addStoreFindings(list, core, facts);
    addHeaderRace(list, core, facts, this.traces, this.filledUp);
    if (this.emptied && !list.has("race.area.wiped")) addEmptiedArea(list, core, facts);
    addTableHistory(list, facts, this.orphan);
    if (facts.chunkSizeFrom === "header") {
      const better = contradiction(facts.chunkSizeRanking, facts.chunkSize);
      if (better) addContradiction(list, core, facts.chunkSize, better);
    }
    addCutByResize(list, facts);
    return facts;
  }

  private progress(): Progress {
    return {
      areas: this.core.get_current_area() + 1,
      exceptions: Number(this.core.get_exceptions()),
      ...this.source.counters,
      ends: this.ends ?? null,
    };
  }
}

/** The activation that was asked about: by this kernel, with this chunk size in the table. */
function asked(ages: readonly AgeActivation[], kernel: string, tableChunk: number): Activation {
  const { id } = kernelAge(kernel);
  const age = ages.find((row) => row.id === id && row.activation.tableChunk === tableChunk);
  if (!age) throw new Error(`no kernel age is called ${id}`);
  return age.activation;
}
