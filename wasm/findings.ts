import { NONE } from "./store";

/**
 * What is wrong or odd, as records: the engine lifts them into the report. The first
 * FINDINGS_PER_CODE of a code are kept, all are counted, so memory does not grow with the damage.
 *
 *   record (40 bytes): u32 code, u32 index, u64 area, u64 expected, u64 found, u64 extra
 */
export const FINDING_BYTES: u32 = 40;
export const FINDINGS_PER_CODE: u32 = 32;

/** The codes the core itself finds; src/engine/check/finding-codes.ts names them in this order. */
export const AREA_BEYOND_DEVICE: u32 = 0;
export const AREA_TRAILING_BYTES: u32 = 1;
export const NEW_BEYOND_DEVICE: u32 = 2;
export const NEW_METADATA: u32 = 3;
export const NEW_DUPLICATE: u32 = 4;
export const NEW_TOP_BYTE: u32 = 5;
export const NEW_RUN_OVERFLOW: u32 = 6;
export const OLD_BEYOND_ORIGIN: u32 = 7;
export const OLD_DUPLICATE: u32 = 8;
export const ORDER: u32 = 9;
export const TABLE_TANGLED: u32 = 10;
/** Traces of old kernels, see area_history.ts. */
export const AREA_IS_HEADER: u32 = 11;
export const AREA_WIPED: u32 = 12;
export const NEW_IS_OWN_AREA: u32 = 13;
export const AREA_UNINITIALISED: u32 = 14;
/** Entries in their proper place behind the end of the table. */
export const AREA_LOST: u32 = 15;
/** Exceptions that could not be held against all others: the rows do not fit into memory. */
export const TABLE_UNSETTLED: u32 = 16;
export const FINDING_KINDS: u32 = 17;

const counts: usize = memory.data(8 * FINDING_KINDS, 8);
const records = memory.data(FINDING_BYTES * FINDINGS_PER_CODE * FINDING_KINDS, 8);
let recorded: u32 = 0;
/** The record of the newest finding; 0 where it was only counted. */
let newest: usize = 0;

export function find(code: u32, area: u64, index: u32, expected: u64, found: u64): void {
  const count = counts + ((<usize>code) << 3);
  const seen = load<u64>(count);
  store<u64>(count, seen + 1);
  newest = 0;
  if (seen >= FINDINGS_PER_CODE) return;
  const record = records + recorded++ * FINDING_BYTES;
  store<u32>(record, code, 0);
  store<u32>(record, index, 4);
  store<u64>(record, area, 8);
  store<u64>(record, expected, 16);
  store<u64>(record, found, 24);
  store<u64>(record, NONE, 32);
  newest = record;
}

/** Adds one more number to the newest finding, such as how many bytes are concerned. */
export function find_extra(extra: u64): void {
  if (newest) store<u64>(newest, extra, 32);
}

export function findings_pointer(): usize {
  return records;
}
export function findings_recorded(): u32 {
  return recorded;
}
/** How often `code` was found, kept or not. */
export function findings_count(code: u32): u64 {
  return code < FINDING_KINDS ? load<u64>(counts + ((<usize>code) << 3)) : 0;
}
