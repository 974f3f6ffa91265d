import { AREA_BEYOND_DEVICE, find } from "../findings";
import { area_location, EXCEPTION_BYTES, SECTOR_SHIFT } from "../format/disk_format";
import { add_exceptions } from "../kernel/snapshot_map";
import { chunk_size, cow_sectors, per_area, piece_size } from "../store";
import { current_area, exceptions, insert_exceptions } from "./exceptions";
import { drop_rows, keep_piece } from "./kept_rows";
import { note_matches } from "./matches";

/**
 * Which bytes to read next, and taking them in: the loop of read_exceptions(). The unit is the
 * piece: an area, or 1 MiB of one (areas of up to a GiB are legal), so that the memory in flight has
 * a bound.
 */

/**
 * @param piece counted from 0 over all areas.
 * @returns its offset in bytes, or -1 where its area is not wholly on the device: dm_bufio_read()
 * then fails with -EIO. Exact below 2^53, which no file passes.
 */
export function piece_offset(piece: u32): f64 {
  const pieces_per_area = per_area / piece_size;
  const chunk = area_location(piece / pieces_per_area, per_area);
  if (chunk >= cow_sectors / chunk_size) return -1;
  const within = (piece % pieces_per_area) * piece_size * EXCEPTION_BYTES;
  return <f64>(((chunk * chunk_size) << SECTOR_SHIFT) + within);
}

/** The area that comes next lies beyond the device. */
export function area_beyond_device(): void {
  const chunk = area_location(current_area, per_area);
  find(AREA_BEYOND_DEVICE, current_area, 0, cow_sectors, (chunk + 1) * chunk_size);
}

/**
 * Takes in `pieces` whole pieces that lie one after the other at `bytes`, the first being number
 * `first`. @returns whether the table ended among them; pieces after the end are not looked at.
 */
export function take_pieces(bytes: usize, first: u32, pieces: u32, keep: bool): bool {
  const entries = piece_size;
  for (let i: u32 = 0; i < pieces; i++) {
    const at = bytes + <usize>i * entries * EXCEPTION_BYTES;
    if (keep) keep_piece(first + i, at);
    else drop_rows();
    const before = exceptions;
    const ended = insert_exceptions(at, entries);
    const added = <u32>(exceptions - before);
    note_matches(at, added, before);
    if (!add_exceptions(at, added) || ended) return true;
  }
  return false;
}
