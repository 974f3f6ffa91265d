/**
 * The one owner of the core's memory: whatever lies above the compiler's own data is handed out
 * here, from the bottom up, and never taken back. So nothing is taken for a single request: who
 * needs memory that grows owns a Room, which is used again, and bytes that only pass through (areas
 * being read, rows to be shown) go through one window of fixed size.
 *
 * Every answer can be "does not fit": 0, which is no address of ours. Fresh memory is zero.
 */
const PAGE_SHIFT: u64 = 16;
const ALIGN: usize = 15;
/** The last page stays unused, so that the end of all memory is a usize. */
const MOST_BYTES: u64 = (1 << 32) - (1 << 16);
/** What rows leave to the rest: records of areas, marks, lists to be sorted. */
const SPARE_BYTES: u64 = 512 << 20;

let top: usize = (__heap_base + ALIGN) & ~ALIGN;
let limit: u64 = MOST_BYTES;
/** Whether something was left undone because it did not fit: what the core says is then not whole. */
export let out_of_memory: bool = false;

/** At most `bytes` of memory from now on; what is in use already stays so. */
export function limit_memory(bytes: u64): void {
  limit = min(bytes, MOST_BYTES);
}

/** Grows the memory to `end`, to the double of what it is where that fits. @returns whether it could. */
function grow_to(end: u64): bool {
  const have = (<u64>memory.size()) << PAGE_SHIFT;
  if (end <= have) return true;
  const more = <i32>((end - have + 0xffff) >> PAGE_SHIFT);
  const double = <i32>min(<u64>memory.size(), (limit - min(limit, have)) >> PAGE_SHIFT);
  return (double > more && memory.grow(double) >= 0) || memory.grow(more) >= 0;
}

function reserve_below(most: u64, bytes: u64): usize {
  const end = <u64>top + bytes;
  if (end > most || !grow_to(end)) return 0;
  const at = top;
  top = <usize>((end + ALIGN) & ~(<u64>ALIGN));
  return at;
}

/** @returns `bytes` of zeroed memory for as long as the instance lives, or 0: it does not fit. */
export function reserve(bytes: u64): usize {
  const at = reserve_below(limit, bytes);
  if (at == 0) out_of_memory = true;
  return at;
}

/** The same for the rows of the table, which the check can do without. */
export function reserve_rows(bytes: u32): usize {
  return reserve_below(limit - min(limit, SPARE_BYTES), bytes);
}

/** Bytes of the window: two MiB of areas, or the numbers of a million rows. */
export const WINDOW_BYTES: u32 = 4 << 20;
/** What passes through most often fits into a small one: many a core never needs the other. */
const SMALL_WINDOW_BYTES: u32 = 1 << 16;
const small_window: usize = memory.data(SMALL_WINDOW_BYTES, 16);
let window: usize = 0;

/**
 * Where `bytes` (at most WINDOW_BYTES) pass in and out. Its contents last until the engine hands
 * over its thread. No limit counts for it; traps where the machine itself has no memory for it.
 */
export function window_pointer(bytes: u32 = WINDOW_BYTES): usize {
  if (bytes <= SMALL_WINDOW_BYTES) return small_window;
  if (window == 0) window = reserve_below(MOST_BYTES, WINDOW_BYTES);
  if (window == 0) unreachable();
  return window;
}

/** Memory that grows and is used again. */
@unmanaged
export class Room {
  base: usize;
  bytes: usize;
}

/**
 * Makes a room at least `bytes` long, at least doubling it, so that all rooms together never waste
 * more than they hold. What it held is lost where it moves.
 * @returns whether it fits; if not, the room is as it was.
 */
export function room_fits(room: Room, bytes: u64): bool {
  if (bytes <= room.bytes) return true;
  const double = min(<u64>room.bytes * 2, MOST_BYTES);
  let length = max(bytes, double);
  let base = reserve_below(limit, length);
  if (base == 0) {
    length = bytes;
    base = reserve(length);
    if (base == 0) return false;
  }
  room.base = base;
  room.bytes = <usize>length;
  return true;
}

/** The same, the first `kept` bytes as they were. */
export function room_grows(room: Room, bytes: u64, kept: usize): bool {
  const from = room.base;
  if (!room_fits(room, bytes)) return false;
  if (room.base != from) memory.copy(room.base, from, kept);
  return true;
}

/**
 * For rooms of the race, whose lengths have stated bounds (MAX_COPIES, MAX_STATES: a few hundred MiB).
 * @returns at least `bytes` of memory; traps where the machine itself has none.
 */
export function room_take(room: Room, bytes: usize): usize {
  if (!room_fits(room, bytes)) unreachable();
  return room.base;
}

/** The same, the first `kept` bytes as they were. */
export function room_grow(room: Room, bytes: usize, kept: usize): usize {
  if (!room_grows(room, bytes, kept)) unreachable();
  return room.base;
}
