import { is_exception } from "../forensics/header_chunk";
import {
  area_location,
  EXCEPTION_BYTES,
  EXCEPTION_NEW,
  EXCEPTION_OLD,
} from "../format/disk_format";
import { Room, room_fits } from "../room";
import { per_area, piece_size } from "../store";
import { keep_entries } from "../table/areas";
import { row_entry } from "../table/kept_rows";
import { area_of_chunk, slot_of_chunk } from "../table/new_chunks";

/**
 * The table that is to be mended: every entry of the areas that were handed in is a slot, counted
 * from 0 through all areas, whether the kernel's reader comes to it or not. Each has a fate.
 */
export const EMPTY: u32 = 0;
/** An exception, as it stands. */
export const KEPT: u32 = 1;
/** Its new_chunk without bits 56–63. */
export const MASKED: u32 = 2;
/** Its new_chunk put back: the chunk that was allocated for this place. */
export const RESTORED: u32 = 3;
/** It stands behind the end of the table, in its proper place. */
export const REATTACHED: u32 = 4;
/** It comes from chunk 0, where the race's shared buffer landed. */
export const TAKEN: u32 = 5;
/** Another exception names its new_chunk too, and nothing tells which of the two is right. */
export const LEFT_SHARED: u32 = 6;
/** From here on: dropped. The header's own bytes, in an area. */
export const DROPPED_HEADER: u32 = 7;
/** old_chunk is no chunk of any origin. */
export const DROPPED_OLD: u32 = 8;
/** new_chunk is no data chunk of the device. */
export const DROPPED_NEW: u32 = 9;
/** It comes from chunk 0, and an exception names its new_chunk. */
export const DROPPED_SHARED: u32 = 10;
/** Another exception for that old_chunk is the one that is read. */
export const DROPPED_TWICE: u32 = 11;
/** The table has to end before the device does. */
export const DROPPED_NO_ROOM: u32 = 12;
export const REPAIR_FATES: u32 = DROPPED_NO_ROOM + 1;

/** In doubt, until settle_lost(): without a new_chunk, behind the end or in chunk 0; or a shared one. */
export const HALF: u32 = 13;
export const HALF_TAKEN: u32 = 14;
export const SHARED: u32 = 15;

const fates = changetype<Room>(memory.data(offsetof<Room>(), 8));
const marks = changetype<Room>(memory.data(offsetof<Room>(), 8));
const lists = changetype<Room>(memory.data(offsetof<Room>(), 8));

export let slots: u32 = 0;

/** Entries of piece `piece` (see chunk_io.ts), which lie at `at` from now on and are changed there. */
export function hold_piece(piece: u32, at: usize): bool {
  slots = max(slots, (piece + 1) * piece_size);
  return keep_entries(piece, at);
}

/** Whether an area that is held has no exception in it, whatever else stands there. */
export function is_wiped(area: u32): bool {
  for (let slot = area * per_area; slot < (area + 1) * per_area; slot++) {
    const entry = slot_entry(slot);
    if (is_exception(load<u64>(entry, EXCEPTION_OLD), load<u64>(entry, EXCEPTION_NEW))) {
      return false;
    }
  }
  return true;
}

/** To be called once all pieces are held. @returns whether there is memory for it. */
export function begin_repair(): bool {
  const bitmap = (slots + 7) >> 3;
  if (!room_fits(fates, slots) || !room_fits(marks, bitmap)) return false;
  if (!room_fits(lists, (<u64>slots) << 2)) return false;
  memory.fill(fates.base, 0, slots);
  memory.fill(marks.base, 0, bitmap);
  return true;
}

export function slot_entry(slot: u32): usize {
  return row_entry(slot);
}

export function fate_of(slot: u32): u32 {
  return load<u8>(fates.base + slot);
}

export function set_fate(slot: u32, fate: u32): void {
  store<u8>(fates.base + slot, <u8>fate);
}

export function is_live(fate: u32): bool {
  return fate >= KEPT && fate <= LEFT_SHARED;
}

/** The chunk that the kernel allocates for the entry in this slot, where commits are in order. */
export function place_of(slot: u32): u64 {
  return area_location(slot / per_area, per_area) + 1 + (slot % per_area);
}

/** @returns the slot whose place `chunk` (a data chunk) is; `slots` where that was not handed in. */
export function slot_of(chunk: u64): u32 {
  const slot = area_of_chunk(chunk) * per_area + slot_of_chunk(chunk);
  return <u32>min<u64>(slot, slots);
}

/** One bit for each place: whether an exception that stays names it. */
export function marks_base(): usize {
  return marks.base;
}

/** Room for the numbers (u32) of all slots. */
export function list_base(): usize {
  return lists.base;
}

/**
 * Slots of one fate from `from` on: old_chunk and new_chunk of each as they stand (u64), to `to`.
 * @returns how many there are in all; the first `room` are written.
 */
export function copy_fated(fate: u32, to: usize, room: u32): u32 {
  let found: u32 = 0;
  for (let slot: u32 = 0; slot < slots; slot++) {
    if (fate_of(slot) != fate) continue;
    if (found < room) {
      memory.copy(to + <usize>found * EXCEPTION_BYTES, slot_entry(slot), EXCEPTION_BYTES);
    }
    found++;
  }
  return found;
}
