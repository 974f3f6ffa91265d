import { test_and_set, test_bit } from "../bits";
import { DM_CHUNK_NUMBER_MASK, EXCEPTION_NEW } from "../format/disk_format";
import { cow_chunks } from "../store";
import { row_key, sort_rows } from "../table/sort_rows";
import {
  DROPPED_NEW,
  DROPPED_SHARED,
  EMPTY,
  fate_of,
  HALF,
  HALF_TAKEN,
  is_live,
  LEFT_SHARED,
  list_base,
  marks_base,
  place_of,
  RESTORED,
  SHARED,
  set_fate,
  slot_entry,
  slot_of,
  slots,
  TAKEN,
} from "./slots";

/**
 * What settles which data chunk an exception names, where that is in doubt. A healthy table names
 * every chunk at most once; and from 3.13 on in allocation order (230c83af), so that among
 * neighbours in their proper place a lost new_chunk is known.
 */
export function settle_lost(): void {
  settle_shared();
  restore_slots();
}

/** Of several exceptions for one data chunk, all but the one in its place, or the first, are in doubt. */
function settle_shared(): void {
  const count = live_slots(list_base());
  const list = list_base();
  sort_rows(list, count, EXCEPTION_NEW, DM_CHUNK_NUMBER_MASK);
  for (let from: u32 = 0; from < count; ) {
    const number = row_key(load<u32>(list + ((<usize>from) << 2)));
    let stays: u32 = u32.MAX_VALUE;
    let to = from;
    for (; to < count; to++) {
      const slot = load<u32>(list + ((<usize>to) << 2));
      if (row_key(slot) != number) break;
      const in_place = place_of(slot) == number;
      if (in_place || (slot < stays && (stays == u32.MAX_VALUE || place_of(stays) != number))) {
        stays = slot;
      }
    }
    for (let i = from; i < to; i++) {
      const slot = load<u32>(list + ((<usize>i) << 2));
      if (slot != stays) set_fate(slot, fate_of(slot) == TAKEN ? DROPPED_SHARED : SHARED);
    }
    mark(number);
    from = to;
  }
}

/** Writes the numbers of all slots that are live to `list`. @returns how many there are. */
function live_slots(list: usize): u32 {
  let count: u32 = 0;
  for (let slot: u32 = 0; slot < slots; slot++) {
    if (!is_live(fate_of(slot))) continue;
    store<u32>(list + ((<usize>count) << 2), slot);
    count++;
  }
  return count;
}

function mark(chunk: u64): void {
  const slot = slot_of(chunk);
  if (slot < slots) test_and_set(marks_base(), slot);
}

/** The nearest exception that stays, on one side. */
const NO_NEIGHBOUR: u32 = 0;
const IN_PLACE: u32 = 1;
const ELSEWHERE: u32 = 2;

function neighbour(slot: u32, known: u32): u32 {
  if (!is_live(fate_of(slot))) return known;
  return load<u64>(slot_entry(slot), EXCEPTION_NEW) == place_of(slot) ? IN_PLACE : ELSEWHERE;
}

/** Puts lost new_chunks back where both neighbours, and nobody else, speak for it. */
function restore_slots(): void {
  // The list is free again: what comes after each slot, then what came before.
  const after = list_base();
  let known = NO_NEIGHBOUR;
  for (let slot = slots; slot-- > 0; ) {
    store<u8>(after + slot, <u8>known);
    known = neighbour(slot, known);
  }
  known = NO_NEIGHBOUR;
  for (let slot: u32 = 0; slot < slots; slot++) {
    if (is_doubtful(fate_of(slot))) restore(slot, known, load<u8>(after + slot));
    known = neighbour(slot, known);
  }
}

function is_doubtful(fate: u32): bool {
  return fate == HALF || fate == HALF_TAKEN || fate == DROPPED_NEW || fate == SHARED;
}

function restore(slot: u32, before: u32, after: u32): void {
  const fate = fate_of(slot);
  const place = place_of(slot);
  if (place >= cow_chunks || test_bit(marks_base(), slot) || !is_proved(slot, before, after)) {
    if (fate == HALF) set_fate(slot, EMPTY);
    else if (fate == HALF_TAKEN) set_fate(slot, DROPPED_NEW);
    // It reads something that may be right: dropped, it certainly would not.
    else if (fate == SHARED) set_fate(slot, LEFT_SHARED);
    return;
  }
  store<u64>(slot_entry(slot), place, EXCEPTION_NEW);
  set_fate(slot, fate == HALF_TAKEN ? TAKEN : RESTORED);
  mark(place);
}

/** Whether the neighbours speak for it: the nearest of all, or the very next ones. */
function is_proved(slot: u32, before: u32, after: u32): bool {
  switch (fate_of(slot)) {
    case SHARED:
      return is_in_place(slot - 1) && is_in_place(slot + 1);
    case DROPPED_NEW:
      return before != ELSEWHERE && after != ELSEWHERE && before + after != NO_NEIGHBOUR;
    default:
      // Behind the end bytes often look like an old_chunk: something in its place has to follow.
      return after == IN_PLACE && before != ELSEWHERE;
  }
}

function is_in_place(slot: u32): bool {
  return slot < slots && neighbour(slot, NO_NEIGHBOUR) == IN_PLACE;
}
