import { test_and_set, test_bit } from "../bits";
import { EXCEPTION_NEW } from "../format/disk_format";
import { cow_chunks } from "../store";
import { EMPTY, fate_of, is_live, marks_base, place_of, slot_entry, slot_of, slots } from "./slots";

/**
 * Data chunks of the areas handed in that no exception names any more, in order: where they hold
 * data, nobody knows of which origin chunk.
 * @param all also those behind the last one that an exception ever named.
 * @returns how many there are; the first `room` of them (u64) are written to `to`.
 */
export function copy_unnamed(to: usize, room: u32, all: bool): u32 {
  const marks = marks_base();
  memory.fill(marks, 0, (slots + 7) >> 3);
  let end: u32 = all ? slots : 0;
  for (let slot: u32 = 0; slot < slots; slot++) {
    const fate = fate_of(slot);
    if (fate != EMPTY) end = max(end, slot + 1);
    if (!is_live(fate)) continue;
    const place = slot_of(load<u64>(slot_entry(slot), EXCEPTION_NEW));
    if (place == slots) continue;
    test_and_set(marks, place);
    end = max(end, place + 1);
  }
  let found: u32 = 0;
  for (let slot: u32 = 0; slot < end && place_of(slot) < cow_chunks; slot++) {
    if (test_bit(marks, slot)) continue;
    if (found < room) store<u64>(to + ((<usize>found) << 3), place_of(slot));
    found++;
  }
  return found;
}
