import { AREA_LOST, AREA_TRAILING_BYTES, find, find_extra } from "../findings";
import { note_area_history } from "../forensics/area_history";
import { area_location, EXCEPTION_NEW, EXCEPTION_OLD, skip_metadata } from "../format/disk_format";
import { chunk_size, cow_chunks, cow_sectors, per_area } from "../store";
import { first_nonzero, in_order_prefix, prove_in_order } from "./area_proof";
import { area_in_order, area_marks, set_area_in_order } from "./areas";
import { mark_new, note_proved } from "./new_chunks";
import { mark_old, mark_proved } from "./old_chunks";

/** Where the reader stands: ps->current_area, and the entry within it that comes next. */
export let current_area: u32 = 0;
export let current_committed: u32 = 0;
/** ps->next_free, as persistent_ctr() starts it: after the header and area 0. */
export let next_free: u64 = 2;
/** The same where it has 32 bits (before 2.6.28, and in RHEL 5): each step is cut, not the end. */
let next_free_32: u32 = 2;
/** Exceptions before the end of the table, and areas without a free entry. */
export let exceptions: u64 = 0;
export let full_areas: u32 = 0;
/** Highest chunk, plus one, that an entry names in its proper place though the device ends before it. */
let cut_off: u64 = 0;

/** insert_exceptions(), to the letter: at the top of u64 next_free wraps to 0 and goes on from there. */
function note_next_free(new_chunk: u64): void {
  if (next_free <= new_chunk) next_free = new_chunk + 1;
  if (next_free_32 <= new_chunk) next_free_32 = <u32>(new_chunk + 1);
}

/**
 * insert_exceptions() over `count` entries that follow those already read. Areas come in order,
 * a large one perhaps in pieces.
 * @returns whether the table ends among them.
 */
export function insert_exceptions(entries: usize, count: u32): bool {
  const begins_area = current_committed == 0;
  const done = settle_in_order(entries, count);
  const rest = done == count ? 0 : settle_one_by_one(entries, done, count);
  if (begins_area && done == 0) note_area_history(entries, count, rest, current_area);
  exceptions += done + rest;
  current_committed += done + rest;
  const ended = done + rest < count;
  if (ended) {
    note_trailing_bytes(entries + ((<usize>(done + rest)) << 4), count - done - rest);
  } else if (current_committed == per_area) {
    full_areas++;
    current_area++;
    current_committed = 0;
  }
  return ended;
}

/** The quick proof over the leading entries that it can settle. @returns how many those are. */
function settle_in_order(entries: usize, count: u32): u32 {
  const proved_before = area_in_order(current_area);
  if (proved_before != current_committed || area_marks(current_area) != 0) return 0;
  const first = area_location(current_area, per_area) + 1 + current_committed;
  if (first >= cow_chunks || first + count > <u64>u32.MAX_VALUE) return 0;

  let proved = <u32>min<u64>(count, cow_chunks - first);
  if (!prove_in_order(entries, proved, <u32>first)) {
    proved = in_order_prefix(entries, proved, first);
    if (proved == 0 || !prove_in_order(entries, proved, <u32>first)) return 0;
  }
  mark_proved(entries, proved, current_area, current_committed);
  note_proved(proved, first + proved - 1);
  note_next_free(first + proved - 1);
  set_area_in_order(current_area, current_committed + proved);
  return proved;
}

/** The exact path. @returns how many exceptions it took before the table or the piece ended. */
function settle_one_by_one(entries: usize, from: u32, count: u32): u32 {
  const first = area_location(current_area, per_area) + 1 + current_committed;
  for (let i = from; i < count; i++) {
    const entry = entries + ((<usize>i) << 4);
    const new_chunk = load<u64>(entry, EXCEPTION_NEW);
    if (new_chunk == 0) return i - from;
    note_next_free(new_chunk);
    if (new_chunk == first + i && new_chunk >= cow_chunks) cut_off = new_chunk + 1;
    const old_chunk = load<u64>(entry, EXCEPTION_OLD);
    mark_new(current_area, current_committed + i, new_chunk, old_chunk);
    mark_old(current_area, current_committed + i, old_chunk);
  }
  return count - from;
}

/** The reader never looks past the first new_chunk of 0; a kernel leaves only zeros there. */
function note_trailing_bytes(end_entry: usize, count: u32): void {
  const length = count << 4;
  const at = first_nonzero(end_entry, length);
  if (at == length) return;
  find(AREA_TRAILING_BYTES, current_area, current_committed + (at >> 4), 0, at & 15);
  let nonzero: u64 = 0;
  for (let i = at; i < length; i++) nonzero += load<u8>(end_entry + i) != 0 ? 1 : 0;
  find_extra(nonzero);
  note_lost(end_entry, count);
}

/** Exceptions behind the end that stand in their proper place: an entry before them was cleared. */
function note_lost(end_entry: usize, count: u32): void {
  const first_chunk = area_location(current_area, per_area) + 1 + current_committed;
  let first: u32 = 0;
  let lost: u64 = 0;
  for (let i: u32 = 1; i < count; i++) {
    const new_chunk = load<u64>(end_entry + ((<usize>i) << 4), EXCEPTION_NEW);
    if (new_chunk != first_chunk + i) continue;
    if (lost++ == 0) first = i;
  }
  if (lost == 0) return;
  find(AREA_LOST, current_area, current_committed + first, 0, first_chunk + first);
  find_extra(lost);
}

/**
 * persistent_usage(): sectors_allocated.
 * @param skips whether this kernel's read_exceptions() moves next_free past a metadata chunk.
 * @param bits of next_free, 32 or 64.
 */
export function sectors_allocated(skips: bool, bits: u32): u64 {
  const free = bits == 32 ? <u64>next_free_32 : next_free;
  return (skips ? skip_metadata(free, per_area) : free) * chunk_size;
}

/** persistent_usage(): metadata_sectors, of the areas read and the header. */
export function metadata_sectors(): u64 {
  return (<u64>current_area + 2) * chunk_size;
}

/**
 * How long the COW device (sectors) must once have been for the entries that are in their proper
 * place and the areas they fill; at most its size where nothing says that it was cut.
 */
export function needed_sectors(): u64 {
  const whole_areas = current_committed == 0 ? area_location(current_area, per_area) + 1 : 0;
  return max(cut_off, whole_areas) * chunk_size;
}

/** persistent_prepare_exception(): whether the next exception finds no room. */
export function is_full(): bool {
  const free = skip_metadata(next_free, per_area);
  return cow_sectors < (free + 1) * chunk_size;
}

/**
 * How many more exceptions the store takes before one overflows it. persistent_prepare_exception()
 * hands out data chunks from `free` (chunks) up to the device's end; persistent_commit_exception()
 * wipes the next area when one is full, so the entry that fills the last area invalidates the store.
 */
export function room_left(free: u64): u64 {
  const next = skip_metadata(max<u64>(2, free), per_area);
  if (per_area == 0 || cow_chunks < 2 || next >= cow_chunks) return 0;
  const step = <u64>per_area + 1;
  const chunks = cow_chunks - next - ((cow_chunks - 2) / step - (next - 2) / step);
  const entries = ((cow_chunks - 2) / step + 1) * per_area - 1;
  return exceptions >= entries ? 0 : min(chunks, entries - exceptions);
}
