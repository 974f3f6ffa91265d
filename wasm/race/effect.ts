import { SNAP_MAGIC } from "../format/disk_format";
import { code_of } from "./palette";
import { params } from "./params";
import {
  FLAG_HEADER_BEFORE,
  FLAG_HEADER_HERE,
  FLAG_LOST,
  FLAG_OLD_ENTRIES,
  State,
  word_bits,
} from "./state";
import {
  FRONT_BYTES,
  FRONT_WORDS,
  OP_COPY,
  OP_MEMSET,
  OP_STORE,
  PLACE_AREA,
  PLACE_AREA_CHUNK,
  PLACE_HEADER_AREA,
  PLACE_HEADER_CHUNK,
  PLACE_ZERO_AREA,
  Step,
} from "./step";

/** What a step does to a state, worked out once so that applying it is a few instructions. */
@unmanaged
export class Effect {
  kind: u32;
  /** EFFECT_WRITE: buffers = (buffers & keep) | put. */
  keep: u64;
  put: u64;
  /** EFFECT_WRITE: disk & keep_flags. */
  keep_flags: u64;
  /** EFFECT_HEADER_IO: the copied words' codes, and how far right they lie in `buffers`. */
  words: u64;
  shift: u32;
  /** EFFECT_AREA_IO: which words are copied, whether the rest is, and whether it is area 0's. */
  first: u32;
  last: u32;
  rest: bool;
  area0: bool;
}
export const EFFECT_BYTES: u32 = <u32>(offsetof<Effect>() + 7) & ~7;

const EFFECT_WRITE: u32 = 0;
const EFFECT_HEADER_IO: u32 = 1;
const EFFECT_AREA_IO: u32 = 2;
const EFFECT_ADVANCE: u32 = 3;

/** The codes that words 0–3 of entry 0 and the header's magic have in the palette. */
const entry0_codes: usize = memory.data(4 * 4, 4);
let magic_code: u32 = 0;

/** Looks up the codes that applying needs, after palette_clear(). */
export function prepare_codes(): void {
  magic_code = code_of(0, SNAP_MAGIC);
  for (let word: u32 = 0; word < FRONT_WORDS; word++) {
    const field = word < 2 ? params.entry0_old : params.entry0_new;
    const value = <u32>(field >> ((word & 1) * 32));
    store<u32>(entry0_codes + word * 4, params.index ? code_of(word, value) : 0);
  }
}

/** The state before the first step: the area holds entries 0 … index − 1, header_area is zero. */
export function start_state(state: State): void {
  let buffers: u64 = 0;
  for (let word: u32 = 0; word < FRONT_WORDS; word++) {
    buffers |= (<u64>load<u32>(entry0_codes + word * 4)) << (word * 8);
  }
  state.buffers = buffers;
  state.disk = FLAG_OLD_ENTRIES;
  const magic_and_0 = params.entry0_old == <u64>SNAP_MAGIC;
  if (params.index && magic_and_0) state.disk |= FLAG_HEADER_HERE;
}

export function effect_of(step: Step, effect: Effect): void {
  const first = min(step.offset, FRONT_BYTES) / 4;
  const last = min(step.offset + step.length, FRONT_BYTES) / 4;
  const rest = step.offset + step.length > FRONT_BYTES || step.offset == FRONT_BYTES;
  effect.kind = EFFECT_WRITE;
  effect.keep = ~0;
  effect.put = 0;
  effect.keep_flags = ~0;
  effect.first = first;
  effect.last = last;
  effect.rest = rest;

  if (step.op == OP_COPY && step.place == PLACE_HEADER_CHUNK) {
    effect.kind = EFFECT_HEADER_IO;
    effect.shift = step.from == PLACE_HEADER_AREA ? 32 : 0;
    effect.words = 0;
    for (let word = first; word < last; word++) effect.words |= word_bits(word);
  } else if (step.op == OP_COPY && step.from != PLACE_ZERO_AREA) {
    effect.kind = EFFECT_AREA_IO;
    effect.area0 = step.place == PLACE_AREA_CHUNK && params.index > 0;
  } else if (step.op == OP_MEMSET || step.op == OP_STORE) {
    const shift = step.place == PLACE_HEADER_AREA ? 32 : 0;
    for (let word = first; word < last; word++) {
      const value = <u32>(step.value >> ((word * 4 - step.offset) * 8));
      effect.keep &= ~(word_bits(word) << shift);
      effect.put |= (<u64>code_of(word, value)) << (word * 8 + shift);
    }
    if (step.op == OP_MEMSET && step.place == PLACE_AREA && rest) {
      effect.keep_flags = ~FLAG_OLD_ENTRIES;
    }
    if (step.advances) effect.kind = EFFECT_ADVANCE;
  }
}

/** C6: what the words copied to an area's chunk mean for the verdict on it. */
function apply_area_io(effect: Effect, state: State): void {
  let disk = state.disk;
  for (let word = effect.first; word < effect.last; word++) {
    const code = <u32>(state.buffers >> (word * 8)) & 0xff;
    if (word == 0) {
      disk = code == magic_code ? disk | FLAG_HEADER_HERE : disk & ~FLAG_HEADER_HERE;
    } else if (word == 1 && code) {
      disk &= ~FLAG_HEADER_HERE;
    }
    if (effect.area0 && code != load<u32>(entry0_codes + word * 4)) disk |= FLAG_LOST;
  }
  const old_entries = disk & FLAG_OLD_ENTRIES;
  if (effect.rest && effect.area0 && params.index > 1 && !old_entries) disk |= FLAG_LOST;
  state.disk = disk;
}

export function apply(effect: Effect, state: State): void {
  if (effect.kind == EFFECT_HEADER_IO) {
    const copied = (state.buffers >> effect.shift) & effect.words;
    state.disk = (state.disk & ~effect.words) | copied;
  } else if (effect.kind == EFFECT_AREA_IO) {
    apply_area_io(effect, state);
  } else {
    state.buffers = (state.buffers & effect.keep) | effect.put;
    state.disk &= effect.keep_flags;
    if (effect.kind == EFFECT_ADVANCE && state.disk & FLAG_HEADER_HERE) {
      state.disk = (state.disk & ~FLAG_HEADER_HERE) | FLAG_HEADER_BEFORE;
    }
  }
}
