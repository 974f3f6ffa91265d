import { EXCEPTION_NEW } from "../format/disk_format";
import { row_entry } from "../table/kept_rows";
import { dm_insert_exception, init_exception_table, steps } from "./exception_table";

/** List steps after which it is given up: the kernel itself would sit in its loop for seconds. */
export const STEP_LIMIT: u64 = 1 << 28;

/**
 * The first `count` kept rows into an empty table, as the kernel described in store.ts loads them.
 * @returns false where its BUG, STEP_LIMIT or want of memory ends that before.
 */
export function load_rows(count: u32): bool {
  if (!init_exception_table()) return false;
  for (let row: u32 = 0; row < count; row++) {
    const entry = row_entry(row);
    const added = dm_insert_exception(load<u64>(entry), load<u64>(entry, EXCEPTION_NEW));
    if (!added || steps > STEP_LIMIT) return false;
  }
  return true;
}
