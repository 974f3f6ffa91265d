import { area_location, is_metadata_chunk } from "../format/disk_format";
import { cow_chunks, per_area } from "../store";
import { crossed_word, named_word, used_end } from "./marks";

/** What a chunk of the COW device is; src/protocol/map.ts names them in this order. */
export const HEADER: u32 = 0;
/** A metadata area that was read, or the place of one below the last chunk in use. */
export const METADATA: u32 = 1;
/** One exception names it. */
export const DATA: u32 = 2;
/** Two exceptions name it, or one does and it is header or metadata. */
export const CROSSED: u32 = 3;
/** Below the last chunk in use, and no exception names it: one of holes(). */
export const LOST: u32 = 4;
export const FREE: u32 = 5;
/** Not wholly on the device. */
export const BEYOND: u32 = 6;
export const CHUNK_KINDS: u32 = 7;

/** Metadata chunks below it are METADATA. */
export let places_end: u64 = 0;

export function set_areas_read(areas: u32): void {
  const read = areas == 0 || per_area == 0 ? 0 : area_location(areas - 1, per_area) + 1;
  places_end = max(used_end, read);
}

export function kind_of(chunk: u64): u32 {
  if (chunk >= cow_chunks) return BEYOND;
  const word = chunk & ~63;
  const bit = (<u64>1) << (chunk & 63);
  if (crossed_word(word) & bit) return CROSSED;
  if (chunk == 0) return HEADER;
  if (named_word(word) & bit) return DATA;
  if (chunk < places_end && is_metadata_chunk(chunk, per_area)) return METADATA;
  return chunk < used_end ? LOST : FREE;
}

/** Metadata chunks in [0, end). */
function places_below(end: u64): u64 {
  return end < 2 || per_area == 0 ? 0 : (end - 2) / (<u64>per_area + 1) + 1;
}

/** Chunks in [first, end) that are METADATA if nothing names them. */
export function places_between(first: u64, end: u64): u64 {
  return places_below(min(end, places_end)) - places_below(min(first, places_end));
}

/** @returns the first METADATA place from `chunk` on, or places_end. */
export function next_place(chunk: u64): u64 {
  if (per_area == 0) return places_end;
  return min(places_end, area_location(places_below(chunk), per_area));
}
