import { test_and_set, test_bit } from "../bits";
import {
  find,
  NEW_DUPLICATE,
  NEW_RUN_OVERFLOW,
  OLD_DUPLICATE,
  TABLE_TANGLED,
  TABLE_UNSETTLED,
} from "../findings";
import { DM_CHUNK_NUMBER_BITS, DM_CHUNK_NUMBER_MASK } from "../format/disk_format";
import {
  dm_insert_exception,
  init_exception_table,
  list_number,
  lists,
  steps,
} from "../kernel/exception_table";
import { STEP_LIMIT } from "../kernel/load_rows";
import { Room, room_fits } from "../room";
import { INSERT_UNSORTED, insertion, NONE, per_area } from "../store";
import { exceptions } from "./exceptions";
import { row_entry, rows_kept } from "./kept_rows";
import { far_new, is_data_chunk, is_far, is_named, note_far_named, top_byte } from "./new_chunks";
import { far_old, OLD_BITMAP_CHUNKS } from "./old_chunks";
import { row_key, sort_rows } from "./sort_rows";

/**
 * What the reading itself could not settle, over the kept rows: chunks too far out for the
 * bitmaps, and what entries that act as runs do to the kernel's hash table.
 */
const EVERY_BIT: u64 = u64.MAX_VALUE;

/** Whether audit() has anything to do; it needs the rows to have been kept. */
export function needs_audit(): bool {
  return far_old != 0 || far_new != 0 || top_byte != 0;
}

/** Row numbers to be sorted: of old_chunks, then of new_chunks; then lists that a run can reach. */
const list = changetype<Room>(memory.data(offsetof<Room>(), 8));

/** No row: nothing stops the loading. */
const NO_ROW: u32 = u32.MAX_VALUE;

/** Finds the BUG of the kernel that is described in store.ts. */
export function audit(): void {
  if (!needs_audit()) return;
  if (!rows_kept) {
    note_far_named(far_new);
    find(TABLE_UNSETTLED, NONE, 0, 0, far_old + far_new + top_byte);
    return;
  }
  if (far_old) audit_old();
  if (far_new) audit_new();
  const row = run_overflow();
  if (row == NO_ROW) return;
  const new_chunk = load<u64>(row_entry(row), 8);
  if (steps > STEP_LIMIT) find(TABLE_TANGLED, row / per_area, row % per_area, STEP_LIMIT, steps);
  else find(NEW_RUN_OVERFLOW, row / per_area, row % per_area, 255, new_chunk);
}

/** Whether the kernel described in store.ts hits its BUG; false where the rows were not kept. */
export function overflows(): bool {
  return rows_kept && run_overflow() != NO_ROW && steps <= STEP_LIMIT;
}

/** Far origin chunks that more than one exception names. */
function audit_old(): void {
  if (!room_fits(list, far_old << 2)) return;
  const rows = list.base;
  let count: u32 = 0;
  for (let row: u32 = 0; row < <u32>exceptions; row++) {
    if (load<u64>(row_entry(row)) >= OLD_BITMAP_CHUNKS) store<u32>(rows + (count++ << 2), row);
  }
  sort_rows(rows, count, 0, EVERY_BIT);
  find_equal_neighbours(rows, count, OLD_DUPLICATE);
}

/** Far data chunks that more than one exception names, or one of the near ones too. */
function audit_new(): void {
  if (!room_fits(list, far_new << 2)) return;
  const rows = list.base;
  let count: u32 = 0;
  for (let row: u32 = 0; row < <u32>exceptions; row++) {
    const number = load<u64>(row_entry(row), 8) & DM_CHUNK_NUMBER_MASK;
    if (!is_data_chunk(number) || !is_far(row / per_area, number)) continue;
    if (is_named(number)) find(NEW_DUPLICATE, row / per_area, row % per_area, 0, number);
    else store<u32>(rows + (count++ << 2), row);
  }
  sort_rows(rows, count, 8, DM_CHUNK_NUMBER_MASK);
  note_far_named(count - find_equal_neighbours(rows, count, NEW_DUPLICATE));
}

/** @returns how many rows repeat the key of the one before. */
function find_equal_neighbours(rows: usize, count: u32, code: u32): u32 {
  let repeated: u32 = 0;
  for (let i: u32 = 1; i < count; i++) {
    const row = load<u32>(rows + (i << 2));
    const key = row_key(row);
    if (key != row_key(load<u32>(rows + ((i - 1) << 2)))) continue;
    find(code, row / per_area, row % per_area, 0, key);
    repeated++;
  }
  return repeated;
}

/**
 * Loads the lists that hold an entry acting as a run, as the kernel would. Others cannot reach a
 * count of 256: a run of single chunks ends with its page of 256 chunks.
 * @returns the row at which loading stops, for the BUG or because it takes too long; NO_ROW if none.
 */
function run_overflow(): u32 {
  if (!top_byte || insertion == INSERT_UNSORTED) return NO_ROW;
  if (!init_exception_table() || !room_fits(list, lists() >> 3)) return NO_ROW;
  const affected = list.base;
  memory.fill(affected, 0, lists() >> 3);
  const end = <u32>exceptions;
  for (let row: u32 = 0; row < end; row++) {
    const entry = row_entry(row);
    if (load<u64>(entry, 8) >> DM_CHUNK_NUMBER_BITS == 0) continue;
    test_and_set(affected, list_number(load<u64>(entry)));
  }
  for (let row: u32 = 0; row < end; row++) {
    const entry = row_entry(row);
    const old_chunk = load<u64>(entry);
    if (!test_bit(affected, list_number(old_chunk))) continue;
    if (!dm_insert_exception(old_chunk, load<u64>(entry, 8)) || steps > STEP_LIMIT) return row;
  }
  return NO_ROW;
}
