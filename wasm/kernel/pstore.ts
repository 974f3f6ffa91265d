import { pack_header, SNAP_MAGIC } from "../format/disk_format";

/**
 * struct pstore: a store that is in use, with the three buffers a chunk long.
 *
 *   before 61578dcd                          after it
 *   area ──────────► [ current area ]        area ────────► [ current area ]
 *   header_area ───┘  (the same memory)      header_area ─► [ header       ]
 *   zero_area ─────► [ zeros        ]        zero_area ───► [ zeros        ]
 */
@unmanaged
export class pstore {
  valid: u32;
  version: u32;
  /** Sectors. */
  chunk_size: u32;
  exceptions_per_area: u32;
  /** Which metadata area `area` holds. */
  current_area: u32;
  /** Index of the next free exception in it. */
  current_committed: u32;
  pending_count: u32;
  area: usize;
  zero_area: usize;
  /** What write_header builds the header in; before the fix the same memory as `area`. */
  header_area: usize;
}

/** The four stores of write_header(), into a zeroed chunk at `to`. */
export function write_header_fields(ps: pstore, to: usize): void {
  pack_header(to, SNAP_MAGIC, ps.valid, ps.version, ps.chunk_size);
}
