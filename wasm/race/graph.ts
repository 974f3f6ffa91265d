import { Room, room_grows, room_take } from "../room";
import { State } from "./state";

/**
 * Every state that some interleaving reaches, in the order of its node: all states of node (i, c)
 * lie together, c by c and within a c i by i, so that each state comes after all that lead to it.
 * A record is a Reached and, behind it, in how many ways it is reached.
 */
@unmanaged
export class Reached {
  state_buffers: u64;
  state_disk: u64;
  /** The state after a step of I, of C: a record's number, or NONE. */
  after_i: u32;
  after_c: u32;
}
export const NONE: u32 = 0xffff_ffff;
const REACHED_BYTES: u32 = 24;

/** An exploration that would need more than this is refused: the engine states the bound. */
export const MAX_STATES: u32 = 1 << 20;

const records = changetype<Room>(memory.data(offsetof<Room>(), 8));
const nodes = changetype<Room>(memory.data(offsetof<Room>(), 8));
const slots = changetype<Room>(memory.data(offsetof<Room>(), 8));

let stride: u32 = 0;
let capacity: u32 = 0;
let count: u32 = 0;
let i_nodes: u32 = 0;
/** The hash table of the node in the making: record numbers; those of older nodes are free slots. */
let slot_mask: u32 = 0;
let node_first: u32 = 0;

export function graph_clear(i_count: u32, c_count: u32, limbs: u32): void {
  stride = REACHED_BYTES + limbs * 8;
  count = 0;
  i_nodes = i_count + 1;
  room_take(nodes, (i_nodes * (c_count + 1) + 1) * 4);
  capacity = max(<u32>records.bytes / stride, 4096);
  room_take(records, capacity * stride);
  slot_mask = (1 << 10) - 1;
  clear_slots();
}

function clear_slots(): void {
  const bytes = (slot_mask + 1) * 4;
  memory.fill(room_take(slots, bytes), 0xff, bytes);
}

export function graph_count(): u32 {
  return count;
}

export function graph_at(record: u32): Reached {
  return changetype<Reached>(records.base + record * stride);
}

/** The count behind a record. */
export function ways_to(record: u32): usize {
  return records.base + record * stride + REACHED_BYTES;
}

/** The first record of node (i, c); that of the next node ends it. */
export function node_start(i: u32, c: u32): u32 {
  return load<u32>(nodes.base + (c * i_nodes + i) * 4);
}

export function node_end(i: u32, c: u32): u32 {
  return load<u32>(nodes.base + (c * i_nodes + i + 1) * 4);
}

/** Begins node (i, c), which ends the one before. */
export function graph_open(i: u32, c: u32): void {
  node_first = count;
  store<u32>(nodes.base + (c * i_nodes + i) * 4, count);
  store<u32>(nodes.base + (c * i_nodes + i + 1) * 4, count);
}

export function graph_close(i: u32, c: u32): void {
  store<u32>(nodes.base + (c * i_nodes + i + 1) * 4, count);
}

function hash(state: State): u32 {
  const mixed = (state.buffers ^ rotl<u64>(state.disk, 29)) * 0x9e37_79b9_7f4a_7c15;
  return <u32>(mixed >> 40);
}

/** @returns the record of `state` in the open node, a new one with count 0 if it has none. */
export function graph_reach(state: State): u32 {
  let slot = hash(state) & slot_mask;
  while (true) {
    const record = load<u32>(slots.base + slot * 4);
    if (record == NONE || record < node_first) break;
    const known = graph_at(record);
    if (known.state_buffers == state.buffers && known.state_disk == state.disk) return record;
    slot = (slot + 1) & slot_mask;
  }
  return add_record(state, slot);
}

function add_record(state: State, slot: u32): u32 {
  if (count == MAX_STATES) return NONE;
  if (count == capacity) {
    if (!room_grows(records, <u64>capacity * 2 * stride, count * stride)) return NONE;
    capacity *= 2;
  }
  const record = count++;
  const reached = graph_at(record);
  memory.fill(changetype<usize>(reached), 0, stride);
  reached.state_buffers = state.buffers;
  reached.state_disk = state.disk;
  reached.after_i = NONE;
  reached.after_c = NONE;
  store<u32>(slots.base + slot * 4, record);
  if ((count - node_first) * 2 > slot_mask) rehash();
  return record;
}

/** Doubles the hash table and enters the open node's records again. */
function rehash(): void {
  slot_mask = slot_mask * 2 + 1;
  clear_slots();
  for (let record = node_first; record < count; record++) {
    const reached = graph_at(record);
    let slot = hash(changetype<State>(reached)) & slot_mask;
    while (load<u32>(slots.base + slot * 4) != NONE) slot = (slot + 1) & slot_mask;
    store<u32>(slots.base + slot * 4, record);
  }
}
