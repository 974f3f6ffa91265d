import type { CheckOptions, Progress } from "../protocol/check.ts";
import type { StoreFacts } from "../protocol/facts.ts";
import type { ChunkSizeFrom } from "../protocol/report.ts";
import type { BlockSource } from "../source/block-source.ts";
import { areasOutcome, chooseTableChunk, describe, readHeader } from "./activation.ts";
import { type Core, makeCore } from "./core.ts";
import { PLAUSIBLE, rankChunkSizes, startsWithExceptions } from "./infer-chunk-size.ts";
import {
  addCoreFindings,
  addHeaderFindings,
  addStoreFindings,
  addTrailingBytes,
  FindingList,
} from "./lift-findings.ts";
import { LOOKALIKE_BYTES, lookalike } from "./lookalike.ts";
import { readAreas } from "./read-areas.ts";
import { holdsData, readStart, readTrailing, type StartOfImage } from "./read-start.ts";

export interface CheckHooks {
  /** Called between batches; false cancels. `soFar` makes the facts as they stand. */
  afterBatch(progress: Progress, soFar: () => StoreFacts): boolean;
}

export interface CheckedStore {
  facts: StoreFacts;
  /** Holds the kept rows, if they were asked for. */
  core: Core;
}

/**
 * Reads a store: header, areas until the table ends, and what is wrong with them.
 * @param keepRows keeps the table in the core's memory, 16 bytes an exception, to show single rows.
 * @returns null if `afterBatch` cancelled. @throws SourceError
 */
export async function checkStore(
  compiled: WebAssembly.Module,
  source: BlockSource,
  options: CheckOptions,
  keepRows: boolean,
  hooks: CheckHooks,
): Promise<CheckedStore | null> {
  const first = new StoreReader(await makeCore(compiled), source, options, hooks);
  await first.readHead();
  if (!(await first.readTable(keepRows))) return null;
  if (!first.core.needs_audit() || keepRows) return { facts: first.finish(), core: first.core };

  // What the quick reading could not settle needs the rows in memory: read the table once more.
  const again = new StoreReader(await makeCore(compiled), source, options, hooks);
  await again.readHead();
  if (!(await again.readTable(true))) return null;
  return { facts: again.finish(), core: again.core };
}

class StoreReader {
  private facts!: StoreFacts;
  private readonly list = new FindingList();
  private beyondDevice = false;

  constructor(
    readonly core: Core,
    private readonly source: BlockSource,
    private readonly options: CheckOptions,
    private readonly hooks: CheckHooks,
  ) {}

  /** Sector 0, the kernel's read_header(), and by which chunk size the areas are to be read. */
  async readHead(): Promise<void> {
    const { core, source, options } = this;
    const sectors = BigInt(Math.floor(source.size / 512));
    const start = await readStart(core, source);
    const { header } = start;
    describe(core, sectors, options, 0);
    const tableChunk =
      options.tableChunk ?? chooseTableChunk(core, header !== null, header?.chunkSize ?? 0);
    describe(core, sectors, options, tableChunk);
    const activation = readHeader(core, tableChunk);
    const size = await this.chunkSizeOfStore(start);
    core.set_store_chunk_size(size.sectors);
    this.facts = {
      options,
      bytes: BigInt(source.size),
      sectors,
      header,
      chunkSize: size.sectors,
      chunkSizeFrom: size.from,
      exceptionsPerArea: core.get_per_area(),
      areasRead: 0,
      areasFull: 0,
      exceptions: 0n,
      activation,
      looksLike: size.looksLike,
      holdsData: header?.magic === 0 && (await holdsData(core, source)),
      findings: this.list.findings,
      counts: this.list.counts,
    };
    if (header) addHeaderFindings(this.list, core, header);
    if (size.looksLike !== null) return;
    const trailing = await readTrailing(core, source, start.bytes, size.sectors * 512);
    if (trailing) addTrailingBytes(this.list, trailing);
  }

  /** @returns false if it was cancelled. */
  async readTable(keep: boolean): Promise<boolean> {
    if (this.facts.looksLike !== null) return true;
    const afterBatch = (): boolean => this.hooks.afterBatch(this.progress(), () => this.soFar());
    const read = await readAreas(this.core, this.source, keep, afterBatch);
    this.beyondDevice = read.beyondDevice;
    return !read.cancelled;
  }

  finish(): StoreFacts {
    if (this.facts.looksLike !== null) return this.facts;
    this.core.audit();
    return this.soFar();
  }

  private soFar(): StoreFacts {
    const { core, beyondDevice } = this;
    const list = new FindingList();
    for (const finding of this.list.findings) list.add(finding);
    addCoreFindings(list, core, this.facts.chunkSize);
    const facts: StoreFacts = {
      ...this.facts,
      areasRead: core.get_current_area() + (beyondDevice ? 0 : 1),
      areasFull: core.get_full_areas(),
      exceptions: core.get_exceptions(),
      findings: list.findings,
      counts: list.counts,
    };
    if (facts.activation.outcome === "read-areas") {
      const runOverflow = list.has("exception.new.run-overflow");
      const areas = areasOutcome(core, beyondDevice, runOverflow);
      facts.activation = { ...facts.activation, areas };
    }
    addStoreFindings(list, core, facts);
    return facts;
  }

  private progress(): Progress {
    return {
      areas: this.core.get_current_area() + 1,
      exceptions: Number(this.core.get_exceptions()),
      ...this.source.counters,
    };
  }

  /**
   * The header's chunk size where areas can be read by it; else the table's; else the best guess;
   * else the kernel's default. What has neither magic nor areas is held to be something else.
   */
  private async chunkSizeOfStore(start: StartOfImage): Promise<{
    sectors: number;
    from: ChunkSizeFrom;
    looksLike: string | null;
  }> {
    const { core, source, options } = this;
    const { header, bytes } = start;
    const isHeader = header !== null && header.magic === core.SNAP_MAGIC.value >>> 0;
    if (isHeader && core.size_readable(header.chunkSize)) {
      return { sectors: header.chunkSize, from: "header", looksLike: null };
    }
    const tableChunk = options.tableChunk ?? 0;
    if (tableChunk !== 0 && core.size_readable(tableChunk)) {
      return { sectors: tableChunk, from: "table", looksLike: null };
    }
    const [best] = await rankChunkSizes(core, source);
    if (best && best.score >= PLAUSIBLE) {
      return { sectors: best.sectors, from: "inferred", looksLike: null };
    }
    const isStore =
      isHeader || options.tableChunk !== null || header?.magic === 0 || this.resembles(start);
    const other = lookalike(await this.readUpTo(LOOKALIKE_BYTES, bytes));
    const looksLike = isHeader ? null : (other ?? (isStore ? null : "nothing that is known here"));
    return { sectors: core.default_chunk_size(), from: "default", looksLike };
  }

  /** A damaged magic in front of fields that are right, or exceptions in the header's place. */
  private resembles({ header, bytes }: StartOfImage): boolean {
    if (header === null) return false;
    const fields = header.version === 1 && header.valid <= 1;
    const sized = this.core.size_readable(header.chunkSize);
    return (fields && sized) || startsWithExceptions(this.core, bytes);
  }

  private async readUpTo(length: number, start: Uint8Array): Promise<Uint8Array> {
    if (this.source.size <= start.length) return start;
    return this.source.read([{ offset: 0, length: Math.min(length, this.source.size) }]);
  }
}
