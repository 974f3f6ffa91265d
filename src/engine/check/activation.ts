import type { CheckOptions } from "../../protocol/check.ts";
import type {
  Activation,
  AreasOutcome,
  ChunkSizeError,
  HeaderOutcome,
} from "../../protocol/facts.ts";
import { kernelAge } from "../../protocol/find-kernel.ts";
import type { Insertion, KernelAge } from "../../protocol/kernel-age.ts";
import { type Core, NONE, rowOf } from "../core.ts";

/** wasm/kernel/header.ts HEADER_*, in its order. */
export const OUTCOMES: readonly HeaderOutcome[] = [
  "read-areas",
  "new",
  "new-no-room",
  "io-error",
  "bad-magic",
  "bad-chunk-size",
  "bad-version",
  "invalid",
  "bad-table",
  "crash",
  "no-memory",
  "no-hash-table",
  "no-table-chunk",
  "invalid-refused",
  "buffer-overrun",
  "dm-io-bug",
];

/** wasm/kernel/header.ts CHUNK_SIZE_*, in its order. */
export const CHUNK_SIZE_ERRORS: readonly (ChunkSizeError | null)[] = [
  null,
  "not-power-of-2",
  "not-blocks",
  "too-high",
];

/** wasm/store.ts AGE_*, in its order. */
const ageFlags = (age: KernelAge): number =>
  [
    age.headerChunkSize === "checked",
    age.roundsTableToPage,
    age.needsTableChunk,
    age.hashTableNeedsChunk,
    age.headerChunkSize === "unbuffered",
    age.roundsPagesDown,
    age.ioPool === "shared",
    age.ioPool === "own",
    age.refusesInvalid,
  ].reduce((flags, set, bit) => flags | (set ? 1 << bit : 0), 0);

/** wasm/store.ts INSERT_*, in its order. */
const INSERTIONS: readonly Insertion[] = ["unsorted", "backwards", "forwards", "forwards-or-head"];

/** A pointer of a 64-bit kernel, in bytes. */
const POINTER = 8;

/** Tells the core about devices, table and kernel. @param sectors of the COW device. */
export function describe(
  core: Core,
  sectors: bigint,
  options: CheckOptions,
  tableChunk: number,
  age = kernelAge(options.kernel),
): void {
  const origin = options.originSectors ?? NONE;
  core.describe(sectors, origin, options.blockSize, tableChunk);
  const inserts = INSERTIONS.indexOf(age.insertion);
  core.describe_kernel(ageFlags(age), inserts, age.mostBuckets, age.mostKmalloc / POINTER);
}

/** read_header() over the bytes at the core's header pointer. */
export function readHeader(core: Core, tableChunk: number): Activation {
  const outcome = rowOf(OUTCOMES, core.read_header(core.header_pointer()));
  return {
    outcome,
    tableChunk,
    takenTableChunk: core.get_taken_table_chunk(),
    chunkSize: core.get_settled_chunk_size(),
    chunkSizeError: rowOf(CHUNK_SIZE_ERRORS, core.get_chunk_size_error()),
    overridesTable: core.get_overrides_table(),
    aligned: core.devices_aligned(),
    areas: null,
  };
}

/** What read_exceptions() comes to under one kernel, once all areas were taken in. */
export function areasOutcome(
  core: Core,
  ioError: boolean,
  runOverflow: boolean,
  age: KernelAge,
): AreasOutcome {
  return {
    ioError,
    runOverflow,
    sectorsAllocated: core.sectors_allocated(age.skipsMetadata, age.nextFreeBits),
    metadataSectors: core.metadata_sectors(),
  };
}
