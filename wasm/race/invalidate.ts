import {
  HEADER_CHUNK_SIZE,
  HEADER_MAGIC,
  HEADER_VALID,
  HEADER_VERSION,
  SNAP_MAGIC,
  SNAPSHOT_DISK_VERSION,
} from "../format/disk_format";
import { Room } from "../room";
import { params } from "./params";
import { add_chunk_io, add_memset, add_step, Program } from "./program";
import { OP_INVALIDATE, OP_STORE, PLACE_AREA, PLACE_HEADER_AREA, PLACE_HEADER_CHUNK } from "./step";

/** I: persistent_drop_snapshot() and the write_header() it calls, cut into atomic steps. */
export const invalidate = changetype<Program>(memory.data(offsetof<Program>(), 8));
invalidate.room = changetype<Room>(memory.data(offsetof<Room>(), 8));

/** The buffer write_header() builds the header in: the whole difference that 61578dcd makes. */
function header_buffer(): u32 {
  return params.fixed ? PLACE_HEADER_AREA : PLACE_AREA;
}

function add_field(id: u32, offset: u32, value: u32): void {
  const step = add_step(invalidate, id, OP_STORE, 0);
  step.place = header_buffer();
  step.offset = offset;
  step.length = 4;
  step.value = value;
}

export function build_invalidate(): void {
  invalidate.count = 0;
  add_step(invalidate, 1, OP_INVALIDATE, 0);
  add_memset(invalidate, 2, header_buffer(), 0);
  add_field(3, HEADER_MAGIC, SNAP_MAGIC);
  add_field(4, HEADER_VALID, 0);
  add_field(5, HEADER_VERSION, SNAPSHOT_DISK_VERSION);
  add_field(6, HEADER_CHUNK_SIZE, params.chunk_size);
  add_chunk_io(invalidate, 7, header_buffer(), PLACE_HEADER_CHUNK, 0);
}
