/** What the engine calls of the race. */
export * from "./alloc_area";
export { race_explore } from "./explore";
export {
  race_fate_start,
  race_fate_step,
  race_fate_wanted_limb,
  race_fate_ways_limb,
} from "./fate";
export { MAX_STATES } from "./graph";
export {
  race_program_count,
  STEP_COPY,
  STEP_FROM,
  STEP_ID,
  STEP_LENGTH,
  STEP_OFFSET,
  STEP_OP,
  STEP_PLACE,
  STEP_VALUE,
} from "./layout";
export {
  race_current_area,
  race_current_committed,
  race_next,
  race_pending,
  race_set_old_entry,
  race_start,
  race_step,
  race_taken,
  race_valid,
} from "./machine";
export { AREAS_OUTCOMES, OUTCOMES } from "./outcome";
export {
  MAX_COPIES,
  race_areas,
  race_set_entry0,
  race_set_exception,
  race_set_params,
} from "./params";
export { place_bytes, place_sources, place_writers } from "./place";
export * from "./progress";
export { OPS } from "./step";
export {
  race_final_word,
  race_finals,
  race_states,
  race_tally,
  race_tally_limb,
  race_trace_limb,
} from "./tally";
export { race_areas_now, race_header_now } from "./verdict";
export {
  race_any,
  race_want_header,
  race_want_outcome,
  race_want_trace,
  TRACE_STRAY,
  TRACE_TORN,
} from "./wanted";
export { race_witness, race_witness_next } from "./witness";
