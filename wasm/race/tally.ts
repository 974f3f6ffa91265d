import { commit } from "./commit";
import { limbs } from "./explore";
import { graph_at, graph_count, node_end, node_start, Reached, ways_to } from "./graph";
import { invalidate } from "./invalidate";
import { limbs_add, WIDE_LIMBS } from "./limbs";
import {
  AREAS_EXCEPTIONS_LOST,
  AREAS_HEADER_IN_AREA,
  AREAS_KEPT,
  AREAS_OUTCOMES,
  classify_header,
  OUTCOMES,
} from "./outcome";
import { value_of } from "./palette";
import { params } from "./params";
import { FLAG_HEADER_BEFORE, FLAG_HEADER_HERE, FLAG_LOST, FLAG_STRAY, FLAG_TORN } from "./state";
import { FRONT_WORDS } from "./step";

/** How many schedules end how: the states of the last node, judged and added up. */
const PAIRS: u32 = OUTCOMES * AREAS_OUTCOMES;
const tallies: usize = memory.data(7 * 3 * 4 * 8, 8);
/** The same for the traces (see trace.ts): torn, stray. */
const traces: usize = memory.data(2 * 4 * 8, 8);

/** The header being judged. */
const header: usize = memory.data(16, 8);

/** Word `word` of chunk 0 in a state of the last node. */
export function final_word(reached: Reached, word: u32): u32 {
  return value_of(word, <u32>(reached.state_disk >> (word * 8)) & 0xff);
}

export function header_outcome(reached: Reached): u32 {
  for (let word: u32 = 0; word < FRONT_WORDS; word++) {
    store<u32>(header + word * 4, final_word(reached, word));
  }
  return classify_header(header, params.chunk_size);
}

export function areas_outcome(reached: Reached): u32 {
  if (reached.state_disk & (FLAG_HEADER_HERE | FLAG_HEADER_BEFORE)) return AREAS_HEADER_IN_AREA;
  return reached.state_disk & FLAG_LOST ? AREAS_EXCEPTIONS_LOST : AREAS_KEPT;
}

export function final_start(): u32 {
  return node_start(invalidate.count, commit.count);
}

export function final_end(): u32 {
  return node_end(invalidate.count, commit.count);
}

export function race_tally(): void {
  memory.fill(tallies, 0, PAIRS * WIDE_LIMBS * 8);
  memory.fill(traces, 0, 2 * WIDE_LIMBS * 8);
  for (let record = final_start(); record < final_end(); record++) {
    const reached = graph_at(record);
    const outcome = header_outcome(reached) * AREAS_OUTCOMES + areas_outcome(reached);
    limbs_add(tallies + outcome * WIDE_LIMBS * 8, ways_to(record), limbs);
    if (reached.state_disk & FLAG_TORN) limbs_add(traces, ways_to(record), limbs);
    if (reached.state_disk & FLAG_STRAY) limbs_add(traces + 32, ways_to(record), limbs);
  }
}

/** 64 bits of the count of schedules that leave a TRACE_* behind. */
export function race_trace_limb(trace: u32, limb: u32): u64 {
  return load<u64>(traces + (trace * WIDE_LIMBS + limb) * 8);
}

/** 64 bits of the count of schedules that end in a pair of outcomes, after race_tally(). */
export function race_tally_limb(header: u32, areas: u32, limb: u32): u64 {
  return load<u64>(tallies + ((header * AREAS_OUTCOMES + areas) * WIDE_LIMBS + limb) * 8);
}

/** Merged states in all. */
export function race_states(): u32 {
  return graph_count();
}

/** Final states, and a word of chunk 0 in the k-th: the same header may come more than once. */
export function race_finals(): u32 {
  return final_end() - final_start();
}

export function race_final_word(k: u32, word: u32): u32 {
  return final_word(graph_at(final_start() + k), word);
}
