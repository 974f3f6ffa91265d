/** What the engine asks of a table that is to be mended, in this order. */

export { clear_taken, pack_right_header, take_from_header_chunk } from "./header_chunk";
export { judge_slots } from "./judge";
export { settle_lost } from "./lost";
export { make_end, rebuild } from "./rebuild";
export { begin_repair, copy_fated, hold_piece, is_wiped, REPAIR_FATES } from "./slots";
export { load_as_it_stands, settle_twice } from "./twice";
export { copy_unnamed } from "./unnamed";
