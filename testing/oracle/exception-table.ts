/**
 * The in-memory table of `drivers/md/dm-snap.c`, Linux 6.1, entry for entry and slow:
 * init_hash_tables(), exception_hash(), dm_insert_exception() and dm_lookup_exception(); and the
 * insertion as it was before f79ae415 (5.2), which walked the list from its end, and as it is since
 * 8581b19eb2c5 (6.19), whose cursor is NULL once the walk has run out.
 */
const U64 = (value: bigint) => BigInt.asUintN(64, value);

/** DM_CHUNK_NUMBER_BITS, DM_CHUNK_CONSECUTIVE_BITS in dm-exception-store.h. */
const NUMBER_BITS = 56n;
const HASH_SHIFT = 8n;
const ONE_MORE = 1n << NUMBER_BITS;

/** calc_max_buckets(): 2 MiB of list heads, 8 bytes each (16 before 5.2 and since 6.19). */
const MAX_BUCKETS = (2n * 1024n * 1024n) / 8n;

/** BUG_ON() in dm_consecutive_chunk_count_inc(), by its line in dm-exception-store.h. */
export const runOverflowBug = (line: number) =>
  `kernel BUG at drivers/md/dm-exception-store.h:${line}`;
/** In 6.1. */
export const RUN_OVERFLOW_BUG = runOverflowBug(156);

export interface CoreException {
  old: bigint;
  /** The top 8 bits hold how many chunks follow consecutively. */
  new: bigint;
}

/** BUG_ON() in dm_consecutive_chunk_count_inc(). */
export class KernelBug extends Error {}

/** dm_chunk_number() and dm_consecutive_chunk_count() */
const number = (e: CoreException) => BigInt.asUintN(Number(NUMBER_BITS), e.new);
const count = (e: CoreException) => e.new >> NUMBER_BITS;

/** dm_consecutive_chunk_count_inc(): the count lives in 8 bits and a wrap to 0 is a BUG. */
function countInc(e: CoreException): void {
  e.new = U64(e.new + ONE_MORE);
  if (count(e) === 0n) throw new KernelBug();
}

/** init_hash_tables(): from the COW device's size and the TABLE's chunk shift, before any read. */
export function bucketCount(cowSectors: bigint, chunkShift: bigint, most = MAX_BUCKETS): bigint {
  let size = cowSectors >> chunkShift;
  if (size > most) size = most;
  if (size < 64n) size = 64n;
  return 1n << BigInt(size.toString(2).length - 1);
}

/**
 * hlist_bl_for_each_entry() of 5.2 and later, list_for_each_entry_reverse() before;
 * hlist_for_each_entry() since 6.19, 6.18.6, 6.12.66, 6.6.121.
 */
export type Walk = "forwards" | "backwards" | "headless";

export class ExceptionTable {
  readonly #mask: bigint;
  readonly #walk: Walk;
  readonly #slots = new Map<bigint, CoreException[]>();

  constructor(buckets: bigint, walk: Walk = "forwards") {
    this.#mask = buckets - 1n;
    this.#walk = walk;
  }

  /** exception_hash() */
  slot(chunk: bigint): CoreException[] {
    const key = (chunk >> HASH_SHIFT) & this.#mask;
    const slot = this.#slots.get(key) ?? [];
    this.#slots.set(key, slot);
    return slot;
  }

  /** dm_insert_exception() for a table that supports consecutive chunks. */
  insert(exception: CoreException): void {
    if (this.#walk === "backwards") this.#insertBackwards(exception);
    else this.#insertForwards(exception);
  }

  #insertForwards(exception: CoreException): void {
    const list = this.slot(exception.old);
    for (const [index, e] of list.entries()) {
      if (glued(e, exception)) return;
      if (exception.old < e.old) {
        // hlist_bl_add_before()
        list.splice(index, 0, { ...exception });
        return;
      }
    }
    // hlist_bl_add_behind() the last one, or hlist_bl_add_head() of an empty slot; without a cursor
    // it is hlist_add_head() whatever the slot holds.
    if (this.#walk === "headless") list.unshift({ ...exception });
    else list.push({ ...exception });
  }

  #insertBackwards(exception: CoreException): void {
    const list = this.slot(exception.old);
    for (let index = list.length - 1; index >= 0; index--) {
      const e = list[index] as CoreException;
      if (glued(e, exception)) return;
      if (exception.old > e.old) {
        // list_add(new, &e->hash_list): behind e
        list.splice(index + 1, 0, { ...exception });
        return;
      }
    }
    // The loop ran out: e is the head itself, and list_add() puts the new one first.
    list.unshift({ ...exception });
  }

  /**
   * __remove_single_exception_chunk(), for a chunk that is merged.
   * @returns what the kernel prints where the table is not as it expects, null where it is
   */
  removeSingleChunk(chunk: bigint): string | null {
    const slot = this.slot(chunk);
    const at = slot.findIndex((e) => chunk >= e.old && chunk <= U64(e.old + count(e)));
    const e = slot[at];
    if (e === undefined) {
      return `Corruption detected: exception for block ${chunk} is on disk but not in memory`;
    }
    if (count(e) === 0n) {
      slot.splice(at, 1);
      return null;
    }
    if (chunk === e.old) {
      e.old = U64(e.old + 1n);
      e.new = U64(e.new + 1n);
    } else if (chunk !== U64(e.old + count(e))) {
      const last = U64(e.old + count(e));
      return `Attempt to merge block ${chunk} from the middle of a chunk range [${e.old} - ${last}]`;
    }
    e.new = U64(e.new - ONE_MORE);
    return null;
  }

  /** dm_lookup_exception() and remap_exception(): the chunk of the COW device, null for the origin. */
  remap(chunk: bigint): bigint | null {
    const e = this.slot(chunk).find((e) => chunk >= e.old && chunk <= U64(e.old + count(e)));
    return e === undefined ? null : U64(number(e) + (chunk - e.old));
  }
}

/** The two ways in which an exception becomes part of a run, tried in this order. */
function glued(e: CoreException, exception: CoreException): boolean {
  // Insert after an existing chunk?
  if (
    exception.old === U64(e.old + count(e) + 1n) &&
    exception.new === U64(number(e) + count(e) + 1n)
  ) {
    countInc(e);
    return true;
  }
  // Insert before an existing chunk?
  if (exception.old === U64(e.old - 1n) && exception.new === U64(number(e) - 1n)) {
    countInc(e);
    e.old = U64(e.old - 1n);
    e.new = U64(e.new - 1n);
    return true;
  }
  return false;
}
