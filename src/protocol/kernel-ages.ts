/**
 * Which kernels do what with the same bytes: one row for each age that activates, or may have
 * written, a store differently from its neighbours. Read in the sources of the releases named in
 * `read`; lines of a BUG were counted in those files.
 */
export interface KernelAge {
  /** As `--kernel` takes it. */
  id: string;
  /** Which kernels, in words. */
  kernels: string;
  /** The first release of this age, as numbers, for `--kernel` with any release. */
  from: readonly [number, number, number];
  /** Set where the first release's candidates do not have it yet: it came late in their cycle. */
  notInCandidates?: true;
  /** dm_exception_store_set_chunk_size() checks the header's chunk size (ae0b7448, 2.6.31). */
  validatesChunkSize: boolean;
  /** set_chunk_size() silently rounds the table's size up to a page (until c1cc65ca, 2.6.32). */
  roundsTableToPage: boolean;
  /** read_exceptions() moves next_free past a metadata chunk (e9c6a182, 3.12). */
  skipsMetadata: boolean;
  /** dm_insert_exception() walks its list from the front (f79ae415, 5.2). */
  insertsForwards: boolean;
  /** snapshot_status() gives the metadata sectors, too (985903bb, 2.6.33). */
  statusHasMetadata: boolean;
  /** dm_table_add_target() appends the errno ("dm: log table creation error code", 5.16). */
  tableLineHasErrno: boolean;
  /** BUG_ON in dm_consecutive_chunk_count_inc(). */
  runOverflowBug: string;
  /** What it can do to a store while it writes, in words; null where nothing is known. */
  harm: string | null;
  /** Where all this was read. */
  read: string;
}

const SINCE_2_6_31 = { validatesChunkSize: true, roundsTableToPage: false } as const;

export const KERNEL_AGES: readonly KernelAge[] = [
  {
    id: "2.6.31",
    kernels: "before 2.6.31 (and RHEL 5 before its backport)",
    from: [0, 0, 0],
    validatesChunkSize: false,
    roundsTableToPage: true,
    skipsMetadata: false,
    insertsForwards: false,
    statusHasMetadata: false,
    tableLineHasErrno: false,
    runOverflowBug: "kernel BUG at drivers/md/dm-exception-store.h",
    harm: "the header race (61578dcd); data over metadata (CVE-2013-4299); holes after a crash",
    read: "2.6.31-rc1 (e1defc4f) dm-snap-persistent.c, dm-io.c; RHEL 5 dm-exception-store.c",
  },
  {
    ...SINCE_2_6_31,
    id: "2.6.32",
    kernels: "2.6.31 and 2.6.32",
    from: [2, 6, 31],
    notInCandidates: true,
    skipsMetadata: false,
    insertsForwards: false,
    statusHasMetadata: false,
    tableLineHasErrno: false,
    runOverflowBug: "kernel BUG at drivers/md/dm-exception-store.h:132",
    harm: "data over metadata (CVE-2013-4299); holes after a crash",
    read: "2.6.31-rc9 (61578dcd, 2defcc3f); 2.6.32 (4c6fff44) dm-snap.c, dm-exception-store.h",
  },
  {
    ...SINCE_2_6_31,
    id: "2.6.33",
    kernels: "2.6.33 to 3.11 (and RHEL 6)",
    from: [2, 6, 33],
    skipsMetadata: false,
    insertsForwards: false,
    statusHasMetadata: true,
    tableLineHasErrno: false,
    runOverflowBug: "kernel BUG at drivers/md/dm-exception-store.h:155",
    harm: "data over metadata (CVE-2013-4299); holes after a crash",
    read: "2.6.33-rc1 (985903bb), 3.4, 3.10 dm-snap.c, dm-snap-persistent.c",
  },
  {
    ...SINCE_2_6_31,
    id: "3.12",
    kernels: "3.12",
    from: [3, 12, 0],
    notInCandidates: true,
    skipsMetadata: true,
    insertsForwards: false,
    statusHasMetadata: true,
    tableLineHasErrno: false,
    runOverflowBug: "kernel BUG at drivers/md/dm-exception-store.h:155",
    harm: "holes after a crash",
    read: "e9c6a182 (3.12-rc6)",
  },
  {
    ...SINCE_2_6_31,
    id: "3.13",
    kernels: "3.13 to 5.1",
    from: [3, 13, 0],
    skipsMetadata: true,
    insertsForwards: false,
    statusHasMetadata: true,
    tableLineHasErrno: false,
    runOverflowBug: "kernel BUG at drivers/md/dm-exception-store.h:155",
    harm: null,
    read: "4.1 dm-snap-persistent.c, 4.3-rc1 (76c44f6d) dm-snap.c",
  },
  {
    ...SINCE_2_6_31,
    id: "3.14-rc",
    kernels: "3.14-rc1 until its fix",
    from: [3, 14, -1],
    skipsMetadata: true,
    insertsForwards: false,
    statusHasMetadata: true,
    tableLineHasErrno: false,
    runOverflowBug: "kernel BUG at drivers/md/dm-exception-store.h:155",
    harm: "the last area written back with garbage around the newest entry",
    read: "3.14-rc1 (55494bf2) dm-snap-persistent.c",
  },
  {
    ...SINCE_2_6_31,
    id: "5.2",
    kernels: "5.2 to 5.15",
    from: [5, 2, 0],
    skipsMetadata: true,
    insertsForwards: true,
    statusHasMetadata: true,
    tableLineHasErrno: false,
    runOverflowBug: "kernel BUG at drivers/md/dm-exception-store.h:156",
    harm: null,
    read: "5.2-rc1 (f79ae415) dm-snap.c, dm-exception-store.h (0b77b970)",
  },
  {
    ...SINCE_2_6_31,
    id: "modern",
    kernels: "5.16 and later (6.1 was asked)",
    from: [5, 16, 0],
    skipsMetadata: true,
    insertsForwards: true,
    statusHasMetadata: true,
    tableLineHasErrno: true,
    runOverflowBug: "kernel BUG at drivers/md/dm-exception-store.h:156",
    harm: null,
    read: "6.1 (Debian linux-source-6.1) drivers/md, and the kernel itself",
  },
];

export const MODERN = "modern";

/** @param id of an age, as a report carries it; anything else is a bug of the caller. */
export function kernelAge(id: string): KernelAge {
  const age = KERNEL_AGES.find((row) => row.id === id);
  if (!age) throw new Error(`no kernel age is called ${id}`);
  return age;
}

/**
 * The age that a name or a release belongs to: `modern`, `2.6.32`, `3.10`, `6.1.0-56-amd64` …
 * @returns null where it is neither.
 */
export function findKernelAge(text: string): KernelAge | null {
  const named = KERNEL_AGES.find(({ id }) => id === text);
  if (named) return named;
  const release = /^(\d+)\.(\d+)(?:\.(\d+))?(?:-rc\d+)?/.exec(text);
  if (!release) return null;
  const isCandidate = release[0].includes("-rc");
  if (isCandidate && release[0].startsWith("3.14")) return kernelAge("3.14-rc");
  const numbers = [Number(release[1]), Number(release[2]), Number(release[3] ?? 0)] as const;
  const since = ({ from, notInCandidates }: KernelAge): boolean =>
    !isBefore(numbers, from) && !(isCandidate && notInCandidates && !isBefore(from, numbers));
  const candidates = KERNEL_AGES.filter((age) => age.from[2] >= 0 && since(age));
  return candidates[candidates.length - 1] ?? null;
}

function isBefore(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
): boolean {
  const at = [0, 1, 2].find((i) => a[i] !== b[i]);
  return at !== undefined && (a[at] ?? 0) < (b[at] ?? 0);
}
