import { makeReport } from "../../explain/report/report.ts";
import type { StoreFacts } from "../../protocol/facts.ts";
import {
  DAMAGE_KINDS,
  type DamagedBytes,
  type DamageKind,
  type DamageReport,
} from "../../protocol/lookup.ts";
import type { Core } from "../core.ts";
import { copyRows } from "../read/kept-rows.ts";
import { lostBehindEnd } from "./lost-behind-end.ts";
import { type GoOn, type LookupStore, type Match, matchesOf, passTable } from "./pass-table.ts";
import { SECTOR } from "./place.ts";
import { chunkNumber, isPowerOf2, mappedTo } from "./read-of-chunk.ts";
import { sharedChunks } from "./shared-chunks.ts";

/** Origin chunks that are looked up; where there may be more, that is said. */
const MOST_CHUNKS = 1 << 16;
/** Chunks between two questions whether to go on. */
const CHUNKS_AT_ONCE = 1 << 10;
/** Rows that are held against each other; a longer table may have duplicates that are not told. */
const MOST_ROWS = 1n << 20n;

/** Chunks of the origin that are in doubt, and whether there may be more of them. */
interface Suspects {
  /** By an exception that is wrong by itself. */
  bad: Set<bigint>;
  /** By several exceptions together. */
  shared: Set<bigint>;
  /** By one behind the end of the table. */
  lost: Set<bigint>;
  more: boolean;
}

/**
 * Which bytes of the origin the damage of a table costs: of every doubtful exception it is asked what
 * the kernel makes of its chunk, as snapshot_map() does.
 * @returns null if it was cancelled. @throws SourceError, TableTooLarge
 */
export async function findDamage(
  compiled: WebAssembly.Module,
  store: LookupStore,
  goOn: GoOn,
): Promise<DamageReport | null> {
  const { facts, name } = store;
  const kinds = new Map<DamageKind, bigint[]>();
  const told = (more: boolean): DamageReport => ({
    schema: "cowscope.damage/1",
    image: name,
    kernel: facts.options.kernel,
    chunkBytes: facts.chunkSize * 512,
    activates: makeReport(name, facts).kernel.activates,
    damage: DAMAGE_KINDS.flatMap((kind) => {
      const chunks = kinds.get(kind);
      return chunks ? [damagedBytes(kind, chunks, facts)] : [];
    }),
    more,
  });
  if (facts.looksLike !== null || !isPowerOf2(facts.chunkSize)) return told(false);
  const suspects = await suspectsOf(compiled, store, goOn);
  if (!suspects) return null;
  const { bad, shared, lost, more } = suspects;
  const all = [...new Set([...bad, ...shared, ...lost])];
  if (all.length === 0) return told(more);
  const core = await passTable(
    compiled,
    store,
    (core) => {
      core.load_wanted();
      for (const chunk of all) core.want_chunk(chunk);
    },
    goOn,
  );
  if (!core) return null;
  for (const [at, chunk] of all.entries()) {
    if (at % CHUNKS_AT_ONCE === 0 && !(await goOn())) return null;
    const kind = kindOf(core, facts, chunk, suspects);
    if (kind === null) continue;
    const chunks = kinds.get(kind);
    if (chunks) chunks.push(chunk);
    else kinds.set(kind, [chunk]);
  }
  return told(more || core.get_gave_up());
}

async function suspectsOf(
  compiled: WebAssembly.Module,
  store: LookupStore,
  goOn: GoOn,
): Promise<Suspects | null> {
  const { facts, rows } = store;
  const core = await passTable(
    compiled,
    store,
    (core) => core.look_for(core.MATCH_BAD.value, 0n),
    goOn,
  );
  if (!core) return null;
  const { matches, count } = matchesOf(core);
  const bad = new Set<bigint>();
  for (const match of matches) {
    if (bad.size >= MOST_CHUNKS) break;
    for (const chunk of chunksOf(facts, match)) bad.add(chunk);
  }
  const twice =
    (facts.counts.get("exception.old.duplicate") ?? 0n) > 0n ||
    (facts.counts.get("exception.new.duplicate") ?? 0n) > 0n;
  const table =
    twice && rows && facts.exceptions <= MOST_ROWS
      ? copyRows(rows, 0, Number(facts.exceptions))
      : null;
  const shared = table
    ? sharedChunks(table, MOST_CHUNKS)
    : { chunks: new Set<bigint>(), more: twice };
  const lost = await lostBehindEnd(core, store);
  const more =
    count > BigInt(matches.length) || bad.size >= MOST_CHUNKS || shared.more || lost.more;
  return { bad, shared: shared.chunks, lost: lost.chunks, more };
}

/** An exception stands for its chunk, and with bits 56-63 set for as many more behind it. */
function chunksOf(facts: StoreFacts, match: Match): bigint[] {
  const number = chunkNumber(facts, match.new);
  const more = number === match.new ? 0 : Number(match.new >> 56n);
  return Array.from({ length: more + 1 }, (_, i) => BigInt.asUintN(64, match.old + BigInt(i)));
}

/** What a chunk of the origin costs; null: nothing, since a right exception is found for it. */
function kindOf(
  core: Core,
  facts: StoreFacts,
  chunk: bigint,
  { bad, shared, lost }: Suspects,
): DamageKind | null {
  const to = mappedTo(core, facts, chunk);
  if (to === null) return "doubtful";
  if (to === "error") return "unreadable";
  if (to === "origin") return lost.has(chunk) ? "lost" : null;
  const cow = to / BigInt(facts.chunkSize);
  if (cow === 0n || core.is_metadata_chunk(cow, core.get_per_area())) return "bookkeeping";
  return bad.has(chunk) || shared.has(chunk) ? "doubtful" : null;
}

/** Runs of chunks as bytes of the origin, which ends where its last sector does. */
function damagedBytes(kind: DamageKind, chunks: bigint[], facts: StoreFacts): DamagedBytes {
  const chunkBytes = BigInt(facts.chunkSize) * SECTOR;
  const { originSectors } = facts.options;
  const end = originSectors === null ? null : originSectors * SECTOR;
  const runs: { offset: bigint; length: bigint }[] = [];
  let counted = 0n;
  for (const chunk of chunks.sort((a, b) => (a < b ? -1 : 1))) {
    const offset = chunk * chunkBytes;
    if (end !== null && offset >= end) continue;
    counted += 1n;
    const length = end !== null && offset + chunkBytes > end ? end - offset : chunkBytes;
    const last = runs.at(-1);
    if (last && last.offset + last.length === offset) last.length += length;
    else runs.push({ offset, length });
  }
  const bytes = runs.reduce((sum, { length }) => sum + length, 0n);
  return {
    kind,
    chunks: String(counted),
    bytes: String(bytes),
    ranges: runs.map(({ offset, length }) => ({
      offset: String(offset),
      length: String(length),
    })),
  };
}
