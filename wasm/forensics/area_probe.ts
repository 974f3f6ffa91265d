import { exceptions_per_area, is_metadata_chunk } from "../format/disk_format";
import { cow_sectors, origin_sectors } from "../store";
import { first_nonzero } from "../table/area_proof";
import { MOST_SECTORS } from "./header_chunk";

/**
 * How much some bytes look like the beginning of a metadata area, if the chunk size were
 * `chunk_size` sectors: counts for the ranking of chunk sizes. No verdict rests on them.
 */
export let probed_entries: u32 = 0;
/** Entries whose new_chunk is a data chunk of the device and whose old_chunk is inside the origin. */
export let probed_sane: u32 = 0;
/** Entries that name exactly the chunk that the kernel would have allocated at that place. */
export let probed_in_order: u32 = 0;
/** Whether the table ends in these bytes, and whether only zeros follow its end. */
export let probed_ended: bool = false;
export let probed_clean_tail: bool = false;

/**
 * @param bytes the area's first `length` bytes (a multiple of 16, no longer than the area).
 * @param first_data the data chunk that its first entry names if allocation was in order.
 */
export function probe_area(bytes: usize, length: u32, chunk_size: u32, first_data: u64): void {
  const stride = exceptions_per_area(chunk_size);
  const chunks = cow_sectors / chunk_size;
  probed_entries = probed_sane = probed_in_order = 0;
  probed_ended = probed_clean_tail = false;
  for (let at: u32 = 0; at < length; at += 16) {
    const new_chunk = load<u64>(bytes + at, 8);
    if (new_chunk == 0) {
      probed_ended = true;
      probed_clean_tail = first_nonzero(bytes + at, length - at) == length - at;
      return;
    }
    const in_order = new_chunk == first_data + probed_entries;
    if (in_order) probed_in_order++;
    probed_entries++;
    // In its proper place an entry is sane also where the image has been cut short of its chunk.
    const is_data = new_chunk >= 2 && new_chunk < chunks && !is_metadata_chunk(new_chunk, stride);
    if (!is_data && !in_order) continue;
    const limit = min(origin_sectors, MOST_SECTORS);
    if (load<u64>(bytes + at) < limit / chunk_size + 1) probed_sane++;
  }
}
