import {
  AGE_OWN_IO_POOL,
  AGE_ROUNDS_PAGES_DOWN,
  AGE_SHARED_IO_POOL,
  age,
  most_ios,
} from "../store";

/**
 * The pool of I/Os that dm-io kept until 3.0, resized when a chunk size was taken: dm_io_get()
 * (2.6.19 to 2.6.21) or dm_io_client_resize() in drivers/md/dm-io.c, and mempool_resize() below.
 */
export const POOL_OK: u32 = 0;
/** kmalloc() does not give an array of so many pointers. */
export const POOL_NO_MEMORY: u32 = 1;
/** BUG_ON(new_min_nr <= 0) in mempool_resize(). */
export const POOL_CRASH: u32 = 2;

const PAGE_SECTORS: u32 = 8;
/** pages_to_ios() */
const IOS_PER_PAGE: u32 = 4;
/** What kcopyd's client has in the shared pool: SNAPSHOT_PAGES, 1 MiB. */
const KCOPYD_IOS: u32 = 256 * IOS_PER_PAGE;

/** @param sectors of a chunk. @returns POOL_* */
export function resize_pool(sectors: u32): u32 {
  if (!(age & (AGE_SHARED_IO_POOL | AGE_OWN_IO_POOL))) return POOL_OK;
  // sectors_to_pages()
  const cut_page: u32 = sectors % PAGE_SECTORS != 0 && !(age & AGE_ROUNDS_PAGES_DOWN) ? 1 : 0;
  const pages = sectors / PAGE_SECTORS + cut_page;
  const others = age & AGE_SHARED_IO_POOL ? KCOPYD_IOS : 0;
  // An int in the kernel: it wraps.
  const ios = pages * IOS_PER_PAGE + others;
  if (<i32>ios <= 0) return POOL_CRASH;
  return ios > most_ios ? POOL_NO_MEMORY : POOL_OK;
}
