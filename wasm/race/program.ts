import { EXCEPTION_BYTES } from "../format/disk_format";
import { Room, room_grow } from "../room";
import { params } from "./params";
import { FRONT_BYTES, OP_COPY, OP_MEMSET, STEP_BYTES, Step } from "./step";

/** A thread's steps in order, and how to add the ones that both threads are made of. */
@unmanaged
export class Program {
  count: u32;
  room: Room;
}

export function program_step(program: Program, at: u32): Step {
  return changetype<Step>(program.room.base + at * STEP_BYTES);
}

export function add_step(program: Program, id: u32, op: u32, copy: u32): Step {
  const at = program.count * STEP_BYTES;
  const step = changetype<Step>(room_grow(program.room, at + STEP_BYTES, at) + at);
  memory.fill(changetype<usize>(step), 0, STEP_BYTES);
  step.id = id;
  step.op = op;
  step.copy = copy;
  program.count++;
  return step;
}

/** Bytes of a buffer: as long as the entries of one area. */
export function buffer_bytes(): u32 {
  return params.entries_per_area * EXCEPTION_BYTES;
}

/** memset(place, 0, chunk): the front store by store, then the rest in one step. */
export function add_memset(program: Program, id: u32, place: u32, copy: u32): void {
  for (let offset: u32 = 0; offset < FRONT_BYTES; offset += params.store_bytes) {
    const step = add_step(program, id, OP_MEMSET, copy);
    step.place = place;
    step.offset = offset;
    step.length = params.store_bytes;
  }
  const rest = add_step(program, id, OP_MEMSET, copy);
  rest.place = place;
  rest.offset = FRONT_BYTES;
  rest.length = buffer_bytes() - FRONT_BYTES;
}

function add_copy(program: Program, id: u32, from: u32, to: u32, copy: u32): Step {
  const step = add_step(program, id, OP_COPY, copy);
  step.from = from;
  step.place = to;
  return step;
}

/** chunk_io() in one step: the device takes the whole buffer at once. */
export function add_chunk_io_atomic(
  program: Program,
  id: u32,
  from: u32,
  to: u32,
  copy: u32,
): void {
  add_copy(program, id, from, to, copy).length = buffer_bytes();
}

/** chunk_io(): all at once, or words 0–3 (4 bytes each, whatever the store width) and the rest. */
export function add_chunk_io(program: Program, id: u32, from: u32, to: u32, copy: u32): void {
  if (!params.word_copy) {
    add_chunk_io_atomic(program, id, from, to, copy);
    return;
  }
  for (let offset: u32 = 0; offset < FRONT_BYTES; offset += 4) {
    const word = add_copy(program, id, from, to, copy);
    word.offset = offset;
    word.length = 4;
  }
  const rest = add_copy(program, id, from, to, copy);
  rest.offset = FRONT_BYTES;
  rest.length = buffer_bytes() - FRONT_BYTES;
}
