import { lookupWords } from "../../explain/lookup/lookup-words.ts";
import { makeReport } from "../../explain/report/report.ts";
import type { StoreFacts } from "../../protocol/facts.ts";
import type {
  LookupKind,
  LookupPlace,
  LookupReport,
  NoRead,
  SnapshotRead,
} from "../../protocol/lookup.ts";
import type { Core } from "../core.ts";
import { exceptionOf, originChunk } from "./exception-told.ts";
import { type GoOn, type LookupStore, type Match, matchesOf, passTable } from "./pass-table.ts";
import { type PlaceFacts, placeFacts, SECTOR, unitBytes } from "./place.ts";
import { type MappedTo, mappedTo, unlikeTable } from "./read-of-chunk.ts";

/** Exceptions that are told one by one. */
const MOST_TOLD = 64;

/**
 * Looks up a place of either device, as dm_lookup_exception() would: a pass or two over the table,
 * whatever its length, in memory for the lists of a few chunks.
 * @returns null if it was cancelled. @throws SourceError, TableTooLarge
 */
export async function lookUp(
  compiled: WebAssembly.Module,
  store: LookupStore,
  place: LookupPlace,
  goOn: GoOn,
): Promise<LookupReport | null> {
  const { facts, name } = store;
  const asked = (place.number * unitBytes(facts, place)) / unitBytes(facts, { unit: "chunk" });
  const origin = place.device === "origin";
  const searched = asked < 1n << 64n;
  const first = await passTable(
    compiled,
    store,
    (core) => {
      if (searched) core.look_for((origin ? core.MATCH_OLD : core.MATCH_NEW).value, asked);
      if (searched && origin) wantOrigin(core, [asked]);
    },
    goOn,
  );
  if (!first) return null;
  const at = placeFacts(first, facts, place);
  const looksAtEntry = at.kind === "metadata" || at.kind === "header";
  const { matches, count } = looksAtEntry ? await entryAt(store, first, at) : matchesOf(first);
  const told = matches.slice(0, MOST_TOLD);
  const second = origin ? first : await loadFor(compiled, store, told, at, goOn);
  if (!second) return null;
  const { activates } = makeReport(name, facts).kernel;
  const kind = kindOf(at.kind, count > 0n);
  const answer = origin ? readsAt(second, facts, at, activates) : NO_ANSWER;
  const report: LookupReport = {
    schema: "cowscope.lookup/1",
    image: name,
    kernel: facts.options.kernel,
    chunkBytes: facts.chunkSize * 512,
    asked: { device: place.device, unit: place.unit, number: String(place.number) },
    kind,
    chunk: String(at.chunk),
    offset: String(at.offset),
    within: String(at.within),
    field: at.field,
    area: at.area === null ? null : String(at.area),
    index: at.index === null ? null : String(at.index),
    entry: at.entry,
    exceptions: told.map((match) => exceptionOf(second, facts, match, at, origin)),
    exceptionCount: String(count),
    ...answer,
    message: "",
  };
  return { ...report, message: lookupWords(report) };
}

const NO_ANSWER = { reads: null, noRead: null } as const;

function wantOrigin(core: Core, chunks: readonly bigint[]): void {
  core.load_wanted();
  for (const chunk of chunks) core.want_chunk(chunk);
}

/** What the place is, once it is known whether an exception stands for it. */
function kindOf(kind: LookupKind, named: boolean): LookupKind {
  if (!named) return kind;
  if (kind === "not-mapped") return "mapped";
  return kind === "unnamed" || kind === "free" ? "data" : kind;
}

/** The exception that lies at a place of a metadata area, if one does. */
async function entryAt(
  { cow }: LookupStore,
  core: Core,
  { row, offset }: PlaceFacts,
): Promise<{ matches: Match[]; count: bigint }> {
  if (row === null) return { matches: [], count: 0n };
  const length = core.EXCEPTION_BYTES.value;
  const start = Number(offset) - (Number(offset) % length);
  const bytes = await cow.read([{ offset: start, length }]);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const match = {
    row,
    old: view.getBigUint64(core.EXCEPTION_OLD.value, true),
    new: view.getBigUint64(core.EXCEPTION_NEW.value, true),
  };
  return { matches: [match], count: 1n };
}

/** Loads what has to be known to tell which of these exceptions the kernel reads by. */
async function loadFor(
  compiled: WebAssembly.Module,
  store: LookupStore,
  matches: readonly Match[],
  at: PlaceFacts,
  goOn: GoOn,
): Promise<Core | null> {
  const chunks = matches.map((match) => originChunk(store.facts, match, at));
  return passTable(compiled, store, (core) => wantOrigin(core, chunks), goOn);
}

/** What snapshot_map() makes of a read. */
function readsAt(
  core: Core,
  facts: StoreFacts,
  at: PlaceFacts,
  activates: boolean,
): { reads: SnapshotRead | null; noRead: NoRead | null } {
  const none = (noRead: NoRead) => ({ reads: null, noRead });
  if (at.kind === "beyond-end") return none("beyond-origin");
  const unlike = unlikeTable(facts, activates);
  if (unlike !== null) return none(unlike);
  const to = mappedInForce(core, facts, at.chunk);
  if (to === null) return none("tangled");
  return { reads: readOf(to, facts, at), noRead: null };
}

/** An invalid snapshot kills every read; a new one has no exceptions yet. */
function mappedInForce(core: Core, facts: StoreFacts, chunk: bigint): MappedTo | null {
  const { outcome } = facts.activation;
  if (outcome === "read-areas") {
    return chunk < 1n << 64n ? mappedTo(core, facts, chunk) : "origin";
  }
  return outcome === "invalid" ? "error" : "origin";
}

function readOf(to: MappedTo, facts: StoreFacts, at: PlaceFacts): SnapshotRead {
  if (to === "error") return { from: "error" };
  if (to === "origin") {
    return { from: "origin", chunk: String(at.chunk), offset: String(at.offset) };
  }
  return {
    from: "cow",
    chunk: String(to / BigInt(facts.chunkSize)),
    offset: String(to * SECTOR + at.within),
  };
}
