import { EXCEPTION_BYTES } from "../format/disk_format";
import { per_area } from "../store";
import { DROPPED_NO_ROOM, EMPTY, fate_of, is_live, set_fate, slot_entry, slots } from "./slots";

/**
 * The exceptions that stay, as one table without gaps: read_exceptions() ends at the first free
 * entry. Each gap is filled with the last exception of all, so few bytes change; once no chunk is
 * named twice, the order of the entries decides nothing.
 */

/**
 * The reader goes on behind a full area, so one entry has to be free at the end: where no area
 * comes after the last one, its last exception goes.
 */
export function make_end(): void {
  for (let slot: u32 = 0; slot < slots; slot++) {
    if (!is_live(fate_of(slot))) return;
  }
  if (slots > 0) set_fate(slots - 1, DROPPED_NO_ROOM);
}

/** @returns how many exceptions there are now. */
export function rebuild(): u32 {
  let gap: u32 = 0;
  let last = slots;
  for (;;) {
    while (gap < slots && is_live(fate_of(gap))) gap++;
    while (last > 0 && !is_live(fate_of(last - 1))) last--;
    if (gap >= last) break;
    move(last - 1, gap);
  }
  // What stands behind the end in its area would come alive with the next exception committed there.
  const behind = min(slots, (gap / per_area + 1) * per_area);
  for (let slot = gap; slot < behind; slot++) memory.fill(slot_entry(slot), 0, EXCEPTION_BYTES);
  return gap;
}

function move(from: u32, to: u32): void {
  memory.copy(slot_entry(to), slot_entry(from), EXCEPTION_BYTES);
  memory.fill(slot_entry(from), 0, EXCEPTION_BYTES);
  set_fate(to, fate_of(from));
  set_fate(from, EMPTY);
}
