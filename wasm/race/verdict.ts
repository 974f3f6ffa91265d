import { EXCEPTION_BYTES, SNAP_MAGIC } from "../format/disk_format";
import {
  AREAS_EXCEPTIONS_LOST,
  AREAS_HEADER_IN_AREA,
  AREAS_KEPT,
  classify_header,
} from "./outcome";
import { params, race_areas } from "./params";
import { place_bytes, place_of_start } from "./place";
import { PLACE_AREA_CHUNK, PLACE_HEADER_CHUNK } from "./step";

/** If the machine stopped now: what the next activation makes of the disk as it stands. */
export function race_header_now(): u32 {
  return classify_header(place_bytes(PLACE_HEADER_CHUNK), params.chunk_size);
}

export function race_areas_now(): u32 {
  for (let area: u32 = 0; area < race_areas(); area++) {
    const chunk = place_bytes(PLACE_AREA_CHUNK + area);
    if (load<u64>(chunk) == <u64>SNAP_MAGIC) return AREAS_HEADER_IN_AREA;
  }
  const now = place_bytes(PLACE_AREA_CHUNK);
  const before = place_bytes(place_of_start());
  const held = params.index * EXCEPTION_BYTES;
  return memory.compare(now, before, held) ? AREAS_EXCEPTIONS_LOST : AREAS_KEPT;
}
