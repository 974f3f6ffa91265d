import { Room, room_take } from "../room";
import { race_areas } from "./params";
import { buffer_bytes } from "./program";
import {
  PLACE_AREA,
  PLACE_AREA_CHUNK,
  PLACE_HEADER_AREA,
  PLACE_HEADER_CHUNK,
  PLACE_ZERO_AREA,
} from "./step";

/**
 * The places of the machine: the three buffers, chunk 0 and the chunks of the areas that C can
 * write. Each is three arrays of the buffer's length:
 *
 *   bytes    what it holds
 *   writer   for each word, the step that wrote it last, 0 = as it was at the start
 *   source   the step that made the value: on disk, the one that stored it in the buffer copied
 *
 * One more place behind them keeps area 0 as it was at the start, for the verdict.
 */
const room = changetype<Room>(memory.data(offsetof<Room>(), 8));
/** Whether header_area is the same memory as area: before the fix. */
let shared: bool = false;

export function places_clear(shared_header: bool): void {
  shared = shared_header;
  const bytes = <usize>place_count() * 3 * buffer_bytes();
  memory.fill(room_take(room, bytes), 0, bytes);
}

function place_count(): u32 {
  return PLACE_AREA_CHUNK + race_areas() + 1;
}

export function place_of_start(): u32 {
  return place_count() - 1;
}

function array_of(place: u32, which: u32): usize {
  const at = place == PLACE_HEADER_AREA && shared ? PLACE_AREA : place;
  return room.base + <usize>(at * 3 + which) * buffer_bytes();
}

export function place_bytes(place: u32): usize {
  return array_of(place, 0);
}

export function place_writers(place: u32): usize {
  return array_of(place, 1);
}

export function place_sources(place: u32): usize {
  return array_of(place, 2);
}

/** Whether a place is a chunk of the COW device, not a buffer. */
export function is_chunk(place: u32): bool {
  return place >= PLACE_HEADER_CHUNK;
}

/** Marks the words of [offset, offset + length) as written by `step`, which made their values. */
export function mark(place: u32, offset: u32, length: u32, step: u32): void {
  const writers = place_writers(place);
  const sources = place_sources(place);
  for (let at = offset; at < offset + length; at += 4) {
    store<u32>(writers + at, step);
    store<u32>(sources + at, step);
  }
}

/** Copies [offset, offset + length) of a buffer to a chunk: `step` writes what others made. */
export function copy_place(to: u32, from: u32, offset: u32, length: u32, step: u32): void {
  memory.copy(place_bytes(to) + offset, place_bytes(from) + offset, length);
  mark(to, offset, length, step);
  // zero_area's zeros belong to the step that writes them out: nothing else has a hand in them.
  if (from == PLACE_ZERO_AREA) return;
  memory.copy(place_sources(to) + offset, place_sources(from) + offset, length);
}
