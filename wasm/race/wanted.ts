import { graph_at, Reached } from "./graph";
import { FLAG_STRAY, FLAG_TORN } from "./state";
import { areas_outcome, final_word, header_outcome } from "./tally";

/** Which endings are asked about: outcomes, a trace, or one exact header. */
const BY_OUTCOME: u32 = 0;
const BY_TRACE: u32 = 1;
const BY_HEADER: u32 = 2;
let kind: u32 = BY_OUTCOME;

const ANY: u32 = 0xffff_ffff;
let header: u32 = ANY;
let areas: u32 = ANY;

export const TRACE_TORN: u32 = 0;
export const TRACE_STRAY: u32 = 1;
let trace_flag: u64 = 0;

const words: usize = memory.data(16, 4);

/** Either may be race_any(). */
export function race_want_outcome(header_wanted: u32, areas_wanted: u32): void {
  kind = BY_OUTCOME;
  header = header_wanted;
  areas = areas_wanted;
}

export function race_any(): u32 {
  return ANY;
}

/** The chunk 0 it leaves bears a TRACE_*. */
export function race_want_trace(which: u32): void {
  kind = BY_TRACE;
  trace_flag = which == TRACE_TORN ? FLAG_TORN : FLAG_STRAY;
}

export function race_want_header(magic: u32, valid: u32, version: u32, chunk_size: u32): void {
  kind = BY_HEADER;
  store<u32>(words, magic);
  store<u32>(words, valid, 4);
  store<u32>(words, version, 8);
  store<u32>(words, chunk_size, 12);
}

function is_header(reached: Reached): bool {
  for (let word: u32 = 0; word < 4; word++) {
    if (final_word(reached, word) != load<u32>(words + word * 4)) return false;
  }
  return true;
}

/** Whether a state of the last node is an ending asked about. */
export function is_wanted(record: u32): bool {
  const reached = graph_at(record);
  if (kind == BY_TRACE) return (reached.state_disk & trace_flag) != 0;
  if (kind == BY_HEADER) return is_header(reached);
  return (
    (header == ANY || header == header_outcome(reached)) &&
    (areas == ANY || areas == areas_outcome(reached))
  );
}
