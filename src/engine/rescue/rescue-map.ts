import { explainFinding } from "../../explain/findings/findings.ts";
import type { StoreFacts } from "../../protocol/facts.ts";
import type { Invalidated } from "../../protocol/repair.ts";
import type { RescueKind } from "../../protocol/rescue.ts";
import type { Core } from "../core.ts";
import { sortRows } from "../diff/sorted-rows.ts";
import { copyRows } from "../read/kept-rows.ts";
import { CHUNKS_PER_CALL, type SnapshotMap } from "../snapshot/snapshot-map.ts";

/** A run of the origin that the table has exceptions for, in bytes. */
export interface RescuePiece {
  is: RescueKind;
  /** In the origin. */
  offset: number;
  length: number;
  /** In the store; of no meaning unless it is known. */
  storeOffset: number;
}

/** A store as it is read for a rescue: with a header that lets the kernel read its table. */
export interface Rescued {
  invalidated: Invalidated;
  /** Of the store with such a header. */
  facts: StoreFacts;
  core: Core;
  map: SnapshotMap;
}

/**
 * What the exceptions hold of the origin, in its order. Known is what the kernel would read from
 * where one exception, and no other, says, if that is a chunk for data.
 * @param originBytes null: not known, so that no chunk lies behind its end.
 */
export function* rescuePieces(
  { core, facts, map }: Rescued,
  originBytes: number | null,
): Generator<RescuePiece> {
  let last: RescuePiece | null = null;
  for (const piece of chunkPieces(core, facts, map, originBytes)) {
    if (last && joins(last, piece)) {
      last.length += piece.length;
      continue;
    }
    if (last) yield last;
    last = piece;
  }
  if (last) yield last;
}

function joins(last: RescuePiece, next: RescuePiece): boolean {
  if (last.is !== next.is || last.offset + last.length !== next.offset) return false;
  return last.is !== "known" || last.storeOffset + last.length === next.storeOffset;
}

function* chunkPieces(
  core: Core,
  facts: StoreFacts,
  map: SnapshotMap,
  originBytes: number | null,
): Generator<RescuePiece> {
  const rows = copyRows(core, 0, Number(facts.exceptions));
  const shared = sharedNew(rows);
  const accused = accusedRows(facts);
  const chunkBytes = facts.chunkSize * 512;
  let covered = -1n;
  for (const run of runsOf(rows)) {
    const answers = map.at(run[0]?.old ?? 0n, run.length);
    for (const [index, { row, old, new: named, twice }] of run.entries()) {
      const offset = Number(old) * chunkBytes;
      const length = Math.min(chunkBytes, (originBytes ?? Number.MAX_SAFE_INTEGER) - offset);
      if (length <= 0) return;
      const answer = answers[index] ?? "error";
      const storeOffset = Number(named) * chunkBytes;
      const isData = named !== 0n && !core.is_metadata_chunk(named, core.get_per_area());
      const agrees = answer === named * BigInt(facts.chunkSize);
      const contested = twice || shared.has(named) || old <= covered;
      const doubtful = contested || !agrees || accused.has(row);
      // dm_lookup_exception(): bits 56–63 make it act for so many chunks more.
      if (named >> 56n > 0n && old + (named >> 56n) > covered) covered = old + (named >> 56n);
      const is = answer === "error" || !isData ? "lost" : doubtful ? "doubtful" : "known";
      yield { is, offset, length, storeOffset };
    }
  }
}

interface Row {
  /** Its number in the table. */
  row: number;
  old: bigint;
  new: bigint;
  /** Whether another exception is for the same origin chunk. */
  twice: boolean;
}

/** Exceptions of origin chunks that follow one another, each chunk once. */
function* runsOf(rows: BigUint64Array): Generator<Row[]> {
  const { order } = sortRows(rows);
  let run: Row[] = [];
  for (const row of order) {
    const next = { row, old: rows[row * 2] ?? 0n, new: rows[row * 2 + 1] ?? 0n, twice: false };
    const last = run.at(-1);
    if (last?.old === next.old) {
      last.twice = true;
      continue;
    }
    // The core takes 2^64 - 1 for none, and no origin has such a chunk.
    if (last && (last.old + 1n !== next.old || run.length === CHUNKS_PER_CALL)) {
      yield run;
      run = [];
    }
    run.push(next);
  }
  if (run.length > 0) yield run;
}

/** Those that findings name as damage, as far as they are listed. */
function accusedRows(facts: StoreFacts): ReadonlySet<number> {
  const rows = new Set<number>();
  for (const fact of facts.findings) {
    const { area, index } = fact;
    if (area === null || index === null) continue;
    const { severity } = explainFinding(fact, facts);
    if (severity === "note") continue;
    rows.add(Number(area) * facts.exceptionsPerArea + Number(index));
  }
  return rows;
}

/** COW chunks that more than one exception names. */
function sharedNew(rows: BigUint64Array): ReadonlySet<bigint> {
  const named = new BigUint64Array(rows.length / 2).map((_, row) => rows[row * 2 + 1] ?? 0n).sort();
  const shared = new Set<bigint>();
  for (let at = 1; at < named.length; at++) {
    const chunk = named[at] ?? 0n;
    if (chunk === named[at - 1]) shared.add(chunk);
  }
  return shared;
}
