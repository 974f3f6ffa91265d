import { DM_CHUNK_NUMBER_BITS, DM_CHUNK_NUMBER_MASK } from "../format/disk_format";
import { Room, reserve, room_fits } from "../room";
import {
  cow_sectors,
  INSERT_BACKWARDS,
  INSERT_FORWARDS_OR_HEAD,
  INSERT_UNSORTED,
  insertion,
  most_buckets,
  table_chunk,
} from "../store";

/**
 * The hash table of completed exceptions, as drivers/md/dm-snap.c keeps it (struct
 * dm_exception_table): buckets by old_chunk >> 8, each a list ordered by old_chunk in which
 * consecutive exceptions are glued to runs. Which of two duplicates wins depends on all of it.
 *
 *   node (20 bytes): u64 old_chunk, u64 new_chunk with the run's count in bits 56–63, u32 next
 */
const NODE: u32 = 20;
/** Nodes lie in blocks, each with the address of the next in front; a new table uses them again. */
const NODES_PER_BLOCK: u32 = 4096;
const BLOCK_HEAD: u32 = 8;
/** DM_CHUNK_CONSECUTIVE_BITS: the hash_shift of the table of completed exceptions. */
const HASH_SHIFT: u64 = 8;
/**
 * Our lists, one for each page of 256 origin chunks where they suffice. The kernel has fewer and
 * puts several pages in one; but pages that share a list are at least 64 pages apart
 * (init_hash_tables) and a run is at most 256 chunks long, so entries of different pages are never
 * glued, and never answer for each other. As long as a list is ordered by old_chunk, or not at all,
 * the results are the same. Since 8581b19eb2c5 (6.19) it is neither, and where an exception goes
 * depends on what else is in its list: for those kernels we keep the kernel's own buckets.
 */
const MOST_LISTS: u32 = 1 << 20;
/** Enough for pages next to each other, which a run can reach across, never to share a list. */
const FEWEST_LISTS: u32 = 1 << 10;
const FEWEST_BUCKETS: u64 = 64;

const buckets = changetype<Room>(memory.data(offsetof<Room>(), 8));
/** How many lists there are, a power of 2: a small device holds few exceptions. */
let list_bits: u32 = 0;
let first_block: usize = 0;
let block: usize = 0;
let block_left: u32 = 0;
/** List entries looked at so far. */
export let steps: u64 = 0;

/**
 * Up to 5.1 dm_insert_exception() walked its list from the back. Our lists are then kept the other
 * way round, so that one loop serves both; dm_lookup_exception(), which always walks forwards,
 * wants the last hit instead of the first.
 */
let backwards: bool = false;
/** Whether `mask` counts, and not a list for each page. */
let own_buckets: bool = false;
let mask: u64 = 0;

/**
 * An empty table, as the kernel described in store.ts makes it.
 * @returns whether there is memory for one.
 */
export function init_exception_table(): bool {
  backwards = insertion == INSERT_BACKWARDS;
  own_buckets = insertion == INSERT_FORWARDS_OR_HEAD;
  mask = bucket_count() - 1;
  steps = 0;
  block = 0;
  block_left = 0;
  list_bits = own_buckets ? popcnt<u32>(<u32>mask) : spread_bits();
  if (!room_fits(buckets, lists() << 2)) return false;
  memory.fill(buckets.base, 0, lists() << 2);
  return true;
}

/** A list for each sector of the device, which holds 32 exceptions at most. */
function spread_bits(): u32 {
  const wanted = min<u64>(max<u64>(cow_sectors, FEWEST_LISTS), MOST_LISTS);
  return 64 - <u32>clz<u64>(wanted - 1);
}

/** How many lists the table has. */
export function lists(): u32 {
  return 1 << list_bits;
}

/** init_hash_tables(), before the header is read: by the TABLE's chunk size, or sectors without. */
function bucket_count(): u64 {
  const shift: u64 = table_chunk ? ctz<u32>(table_chunk) : 0;
  const wanted = min<u64>(max<u64>(cow_sectors >> shift, FEWEST_BUCKETS), most_buckets);
  // rounddown_pow_of_two()
  return (<u64>1) << (63 - clz<u64>(wanted));
}

/** Which list `old_chunk` belongs to: exception_hash(), or spread so that strides do not meet. */
export function list_number(old_chunk: u64): u32 {
  const page = old_chunk >> HASH_SHIFT;
  return own_buckets
    ? <u32>(page & mask)
    : <u32>((page * 0x9e37_79b9_7f4a_7c15) >> <u64>(64 - list_bits));
}

function list_of(old_chunk: u64): usize {
  return buckets.base + ((<usize>list_number(old_chunk)) << 2);
}

/** Goes on to the next block of nodes. @returns whether there is memory for it. */
function next_block(): bool {
  const known = block ? <usize>load<u32>(block) : first_block;
  const next = known ? known : reserve(BLOCK_HEAD + NODE * NODES_PER_BLOCK);
  if (!next) return false;
  if (block) store<u32>(block, <u32>next);
  else first_block = next;
  block = next;
  block_left = NODES_PER_BLOCK;
  return true;
}

/** @returns a new node, or `next` where there is no memory for one (room.ts then says so). */
function make_node(old_chunk: u64, new_chunk: u64, next: u32): u32 {
  if (!block_left && !next_block()) return next;
  const node = block + BLOCK_HEAD + --block_left * NODE;
  store<u64>(node, old_chunk, 0);
  store<u64>(node, new_chunk, 8);
  store<u32>(node, next, 16);
  return <u32>node;
}

/** dm_consecutive_chunk_count_inc() @returns false where its BUG_ON strikes. */
function count_inc(node: usize): bool {
  const grown = load<u64>(node, 8) + ((<u64>1) << DM_CHUNK_NUMBER_BITS);
  store<u64>(node, grown, 8);
  return grown >> DM_CHUNK_NUMBER_BITS != 0;
}

/** dm_insert_exception() @returns false where the kernel hits its BUG in dm-exception-store.h. */
export function dm_insert_exception(old_chunk: u64, new_chunk: u64): bool {
  const head = list_of(old_chunk);
  if (insertion == INSERT_UNSORTED) {
    store<u32>(head, make_node(old_chunk, new_chunk, load<u32>(head)));
    return true;
  }
  let link = head;
  let node: usize = load<u32>(link);
  while (node) {
    steps++;
    const its_old = load<u64>(node, 0);
    const its_new = load<u64>(node, 8);
    const number = its_new & DM_CHUNK_NUMBER_MASK;
    const count = its_new >> DM_CHUNK_NUMBER_BITS;
    if (old_chunk == its_old + count + 1 && new_chunk == number + count + 1) {
      return count_inc(node);
    }
    if (old_chunk == its_old - 1 && new_chunk == number - 1) {
      const fits = count_inc(node);
      store<u64>(node, its_old - 1, 0);
      store<u64>(node, load<u64>(node, 8) - 1, 8);
      return fits;
    }
    if (backwards ? old_chunk > its_old : old_chunk < its_old) break;
    link = node + 16;
    node = load<u32>(link);
  }
  if (!node && own_buckets) {
    // Since 8581b19eb2c5 the cursor is NULL where no entry is greater: hlist_add_head().
    link = head;
    node = load<u32>(head);
  }
  store<u32>(link, make_node(old_chunk, new_chunk, <u32>node));
  return true;
}

/** dm_lookup_exception() @returns the node, or 0 where the chunk is not remapped. */
export function dm_lookup_exception(chunk: u64): usize {
  let found: usize = 0;
  let node: usize = load<u32>(list_of(chunk));
  while (node) {
    steps++;
    const its_old = load<u64>(node, 0);
    const count = insertion == INSERT_UNSORTED ? 0 : load<u64>(node, 8) >> DM_CHUNK_NUMBER_BITS;
    if (chunk >= its_old && chunk <= its_old + count) {
      found = node;
      if (!backwards) break;
    }
    node = load<u32>(node, 16);
  }
  return found;
}

/** dm_remove_exception(): `node`, which dm_lookup_exception() found for `chunk`. */
export function dm_remove_exception(node: usize, chunk: u64): void {
  let link = list_of(chunk);
  while (<usize>load<u32>(link) != node) {
    steps++;
    link = <usize>load<u32>(link) + 16;
  }
  store<u32>(link, load<u32>(node, 16));
}

/** remap_exception(): the chunk of the COW device that `node` maps `chunk` to; wraps at 64 bits. */
export function remap_exception(node: usize, chunk: u64): u64 {
  if (insertion == INSERT_UNSORTED) return load<u64>(node, 8);
  return (load<u64>(node, 8) & DM_CHUNK_NUMBER_MASK) + (chunk - load<u64>(node, 0));
}
