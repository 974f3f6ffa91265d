/**
 * alloc_area() and free_area() with one allocation made to fail, and what is left standing between
 * them: persistent_dtr() calls free_area() on the pstore that alloc_area() gave up on. A log of
 * what happens to which pointer, in order.
 */

/** Before 61578dcd: area and zero_area, early returns. */
export const VARIANT_BEFORE: u32 = 0;
/** As the patch left it, and as Linux 6.1 still has it. */
export const VARIANT_PATCHED: u32 = 1;
/** With ps->zero_area = NULL and ps->area = NULL behind the ladder's vfree()s. */
export const VARIANT_CURED: u32 = 2;

export const EVENT_ALLOC: u32 = 0;
export const EVENT_ALLOC_FAILS: u32 = 1;
export const EVENT_LADDER_FREE: u32 = 2;
export const EVENT_LADDER_NULL: u32 = 3;
/** free_area() under persistent_dtr(): of live memory, of NULL (harmless), of memory freed before. */
export const EVENT_FREE: u32 = 4;
export const EVENT_FREE_NULL: u32 = 5;
export const EVENT_FREE_AGAIN: u32 = 6;
export const EVENTS: u32 = EVENT_FREE_AGAIN + 1;

const BUFFERS: u32 = 3;
const MAX_EVENTS: u32 = 16;
/** Per event, two bytes: what, and to which buffer (0 area, 1 zero_area, 2 header_area). */
const events: usize = memory.data(16 * 2, 1);
let count: u32 = 0;

/** Per buffer: does the pointer point somewhere, and is there still memory behind it. */
const points: usize = memory.data(3, 1);
const lives: usize = memory.data(3, 1);

function log(what: u32, buffer: u32): void {
  if (count == MAX_EVENTS) return;
  store<u8>(events + count * 2, <u8>what);
  store<u8>(events + count * 2, <u8>buffer, 1);
  count++;
}

/** vmalloc() / vzalloc() into ps->buffer. */
function alloc(buffer: u32, fails: bool): void {
  store<u8>(points + buffer, fails ? 0 : 1);
  store<u8>(lives + buffer, fails ? 0 : 1);
  log(fails ? EVENT_ALLOC_FAILS : EVENT_ALLOC, buffer);
}

/** The ladder behind a failed allocation: frees what was made before it, last first. */
function unwind(failed: u32, variant: u32): void {
  for (let buffer = failed; buffer-- > 0; ) {
    store<u8>(lives + buffer, 0);
    log(EVENT_LADDER_FREE, buffer);
    if (variant != VARIANT_CURED) continue;
    store<u8>(points + buffer, 0);
    log(EVENT_LADDER_NULL, buffer);
  }
}

function free_area(buffers: u32): void {
  for (let buffer: u32 = 0; buffer < buffers; buffer++) {
    if (!load<u8>(points + buffer)) log(EVENT_FREE_NULL, buffer);
    else log(load<u8>(lives + buffer) ? EVENT_FREE : EVENT_FREE_AGAIN, buffer);
    store<u8>(points + buffer, 0);
    store<u8>(lives + buffer, 0);
  }
}

/** Runs it with allocation `failing` (0–2) failing; others: none fails. @returns the events. */
export function alloc_area_run(variant: u32, failing: u32): u32 {
  count = 0;
  memory.fill(points, 0, BUFFERS);
  memory.fill(lives, 0, BUFFERS);
  const buffers: u32 = variant == VARIANT_BEFORE ? 2 : BUFFERS;
  for (let buffer: u32 = 0; buffer < buffers; buffer++) {
    alloc(buffer, buffer == failing);
    if (buffer == failing) {
      unwind(failing, variant);
      break;
    }
  }
  free_area(buffers);
  return count;
}

export function alloc_area_event(at: u32): u32 {
  return load<u8>(events + at * 2);
}

export function alloc_area_buffer(at: u32): u32 {
  return load<u8>(events + at * 2, 1);
}
