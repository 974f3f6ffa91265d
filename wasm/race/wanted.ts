import { graph_at } from "./graph";
import { areas_outcome, final_word, header_outcome } from "./tally";

/** Which endings are asked about: an outcome of the header, of the areas, both, or one exact header. */
const ANY: u32 = 0xffff_ffff;
let header: u32 = ANY;
let areas: u32 = ANY;
let exact: bool = false;
const words: usize = memory.data(16, 4);

/** Either may be race_any(). */
export function race_want_outcome(header_wanted: u32, areas_wanted: u32): void {
  header = header_wanted;
  areas = areas_wanted;
  exact = false;
}

export function race_any(): u32 {
  return ANY;
}

export function race_want_header(magic: u32, valid: u32, version: u32, chunk_size: u32): void {
  exact = true;
  store<u32>(words, magic);
  store<u32>(words, valid, 4);
  store<u32>(words, version, 8);
  store<u32>(words, chunk_size, 12);
}

/** Whether a state of the last node is an ending asked about. */
export function is_wanted(record: u32): bool {
  const reached = graph_at(record);
  if (exact) {
    for (let word: u32 = 0; word < 4; word++) {
      if (final_word(reached, word) != load<u32>(words + word * 4)) return false;
    }
    return true;
  }
  return (
    (header == ANY || header == header_outcome(reached)) &&
    (areas == ANY || areas == areas_outcome(reached))
  );
}
