import { EXCEPTION_BYTES, EXCEPTION_NEW, EXCEPTION_OLD } from "../format/disk_format";
import { Room } from "../room";
import { exception_new, exception_old, params } from "./params";
import {
  add_chunk_io,
  add_chunk_io_atomic,
  add_memset,
  add_step,
  Program,
  program_step,
} from "./program";
import {
  OP_PENDING,
  OP_READ_VALID,
  OP_STORE,
  PLACE_AREA,
  PLACE_AREA_CHUNK,
  PLACE_ZERO_AREA,
} from "./step";

/** C: persistent_commit_exception(), once for each copy that finishes, cut into atomic steps. */
export const commit = changetype<Program>(memory.data(offsetof<Program>(), 8));
commit.room = changetype<Room>(memory.data(offsetof<Room>(), 8));

/** One __le64 field of write_exception(): one store of 8 bytes or two of 4, low half first. */
function add_field(id: u32, copy: u32, offset: u32, value: u64): void {
  for (let at: u32 = 0; at < 8; at += params.store_bytes) {
    const step = add_step(commit, id, OP_STORE, copy);
    step.place = PLACE_AREA;
    step.offset = offset + at;
    step.length = params.store_bytes;
    step.value = params.store_bytes == 8 ? value : (value >> (at * 8)) & 0xffff_ffff;
  }
}

export function build_commit(): void {
  commit.count = 0;
  let index = params.index;
  let area: u32 = 0;
  for (let copy: u32 = 0; copy < params.copies; copy++) {
    const entry = index * EXCEPTION_BYTES;
    add_field(1, copy, entry + EXCEPTION_OLD, exception_old(copy));
    add_field(2, copy, entry + EXCEPTION_NEW, exception_new(copy));
    index++;
    add_step(commit, 3, OP_PENDING, copy);

    const pending = <u64>params.pending_after + params.copies - 1 - copy;
    const full = index == params.entries_per_area;
    if (pending != 0 && !full) continue;

    if (full) {
      add_chunk_io_atomic(commit, 4, PLACE_ZERO_AREA, PLACE_AREA_CHUNK + area + 1, copy);
    }
    const read_valid = commit.count;
    add_step(commit, 5, OP_READ_VALID, copy);
    add_chunk_io(commit, 6, PLACE_AREA, PLACE_AREA_CHUNK + area, copy);
    program_step(commit, read_valid).skip = commit.count - read_valid - 1;
    if (full) {
      add_memset(commit, 7, PLACE_AREA, copy);
      program_step(commit, commit.count - 1).advances = true;
      area++;
      index = 0;
    }
  }
}
