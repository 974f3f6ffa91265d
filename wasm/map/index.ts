import { set_areas_read } from "./kinds";
import { count_levels, top_level } from "./levels";
import { map_chunks, mark_chunks, outside } from "./marks";

/** The map of the COW device, and the history that the table is. */
export { history_grid, history_old_end, history_row, rows_naming } from "./history";
export { CHUNK_KINDS } from "./kinds";
export { CELL_CROSSED, count_cell, map_cells } from "./levels";
export { copy_runs, count_runs } from "./runs";

/**
 * Makes the map of the table that was read, with its rows kept; once.
 * @param areas that were read. @returns whether it fits into memory.
 */
export function make_map(areas: u32): bool {
  if (!mark_chunks()) return false;
  set_areas_read(areas);
  return count_levels();
}
export function get_map_chunks(): u64 {
  return map_chunks;
}
export function get_map_top_level(): u32 {
  return top_level;
}
export function get_map_outside(): u64 {
  return outside;
}
