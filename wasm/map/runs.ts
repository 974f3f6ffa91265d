import { reserve_rows } from "../room";
import { cow_chunks } from "../store";
import { kind_of, next_place, places_between, places_end } from "./kinds";
import { is_untouched, map_chunks, PAGE_CHUNKS, used_end } from "./marks";

/**
 * The map as a table: runs of chunks of one kind, by number. How many begin before each page of the
 * marks is counted once; within a page they are counted again.
 */
let before: usize = 0;
let run_pages: u32 = 0;
/** Where a run was found last: the next ones follow on it. */
let found_run: u32 = 0;
let found_chunk: u64 = 0;

/** @returns how many runs there are; 0 where that does not fit into memory. */
export function count_runs(): u32 {
  if (before) return load<u32>(before + ((<usize>run_pages) << 2));
  run_pages = <u32>((map_chunks + PAGE_CHUNKS - 1) / PAGE_CHUNKS);
  const list = reserve_rows((run_pages + 1) << 2);
  if (!list) return 0;
  let runs: u32 = 0;
  for (let page: u32 = 0; page < run_pages; page++) {
    store<u32>(list + ((<usize>page) << 2), runs);
    const first = <u64>page * PAGE_CHUNKS;
    runs += runs_begun(first, min(first + PAGE_CHUNKS, map_chunks));
  }
  store<u32>(list + ((<usize>run_pages) << 2), runs);
  before = list;
  return runs;
}

function begins(chunk: u64): bool {
  return chunk == 0 || kind_of(chunk) != kind_of(chunk - 1);
}

function splits(border: u64, first: u64, end: u64): bool {
  return first < border && border < end;
}

/** Whether [first, end), which lies in one page, has no marks and one kind of chunk beside its metadata. */
function is_even(first: u64, end: u64): bool {
  return (
    is_untouched(first) &&
    !splits(used_end, first, end) &&
    !splits(places_end, first, end) &&
    !splits(cow_chunks, first, end)
  );
}

/** Runs that begin in [first, end), which lies in one page. */
function runs_begun(first: u64, end: u64): u32 {
  let runs: u32 = begins(first) ? 1 : 0;
  if (is_even(first, end) && end <= cow_chunks) {
    // A run of one at each metadata chunk, and another behind it.
    return runs + <u32>(places_between(first + 1, end) + places_between(first, end - 1));
  }
  if (first >= cow_chunks) return runs;
  for (let chunk = first + 1; chunk < end; chunk++) if (begins(chunk)) runs++;
  return runs;
}

/** @returns where the run that holds `chunk` ends. */
function run_end(chunk: u64): u64 {
  const kind = kind_of(chunk);
  let at = chunk + 1;
  while (at < map_chunks && kind_of(at) == kind) {
    if (at >= cow_chunks) return map_chunks;
    const page_end = min((at | (PAGE_CHUNKS - 1)) + 1, map_chunks);
    // What is even goes on to the next metadata chunk, or the end of its page.
    at = is_even(at, page_end) ? max(at + 1, min(page_end, place_after(at))) : at + 1;
  }
  return at;
}

function place_after(chunk: u64): u64 {
  return chunk < places_end ? next_place(chunk) : map_chunks;
}

function find_run(run: u32): u64 {
  if (run == found_run && found_run != 0) return found_chunk;
  let low: u32 = 0;
  let high = run_pages;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (load<u32>(before + ((<usize>middle) << 2)) <= run) low = middle;
    else high = middle;
  }
  let left = run - load<u32>(before + ((<usize>low) << 2));
  let chunk = <u64>low * PAGE_CHUNKS;
  while (!begins(chunk)) chunk = run_end(chunk);
  for (; left > 0; left--) chunk = run_end(chunk);
  return chunk;
}

/**
 * Writes `count` runs from number `first` on to `to`: first chunk, chunks, kind, as u64 each.
 * @returns how many there were.
 */
export function copy_runs(first: u32, count: u32, to: usize): u32 {
  const runs = count_runs();
  if (first >= runs) return 0;
  const end = <u32>min<u64>(<u64>first + count, runs);
  let chunk = find_run(first);
  for (let run = first; run < end; run++) {
    const record = to + <usize>(run - first) * 24;
    const next = run_end(chunk);
    store<u64>(record, chunk, 0);
    store<u64>(record, next - chunk, 8);
    store<u64>(record, kind_of(chunk), 16);
    chunk = next;
  }
  found_run = end;
  found_chunk = chunk;
  return end - first;
}
