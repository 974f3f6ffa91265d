import type { AskedKernel, KernelAge, KernelColumns } from "./kernel-age.ts";
import { HEADER_RACE_FIX } from "./kernel-fixes.ts";

/**
 * Which kernels do what with the same bytes, oldest first. Each row was read in the sources of its
 * releases and, where it says so, asked: `booted` kernels answered in a virtual machine, those of
 * `own code` had their unchanged driver run on the bytes. Each row gives what differs from the one
 * it builds on. What each border between two of them rests on stands in kernel-borders.ts.
 */
const booted = (...releases: string[]): AskedKernel[] =>
  releases.map((release) => ({ release, how: "booted" }));
const ownCode = (...releases: string[]): AskedKernel[] =>
  releases.map((release) => ({ release, how: "own code" }));
const bug = (at: string): string => `kernel BUG at drivers/md/${at}`;

const KIB_128 = 128 * 1024;
const MIB_4 = 4 * 1024 * 1024;
/** 2 MiB of list heads: of 16 bytes (list_head, or hlist_head and a lock), and of 8. */
const HEADS_OF_16 = 131_072;
const HEADS_OF_8 = 262_144;

const HEADER_RACE = `the header race (${HEADER_RACE_FIX.commit})`;
const OVER_METADATA = "data over metadata (CVE-2013-4299)";
const HOLES = "holes after a crash";

/** 2.6.20, from which its neighbours differ. */
const V2_6_20: KernelColumns = {
  needsTableChunk: false,
  roundsTableToPage: true,
  badTableError: null,
  hashTableNeedsChunk: true,
  ignoresFailedRead: false,
  headerChunkSize: "taken",
  roundsPagesDown: true,
  ioPool: "shared",
  mostKmalloc: KIB_128,
  refusesInvalid: true,
  nextFreeBits: 32,
  skipsMetadata: false,
  insertion: "unsorted",
  mostBuckets: HEADS_OF_16,
  runOverflowBug: null,
  storePrefix: "device-mapper: snapshots:",
  snapshotPrefix: "device-mapper: snapshots:",
  badMagicText: "Invalid or corrupt snapshot",
  invalidText: "snapshot is marked invalid",
  zeroAreaText: "zero_area(0) failed",
  tableLineNames: true,
  tableLineHasErrno: false,
  statusHasMetadata: false,
  hasMergeTarget: false,
  harm: `${HEADER_RACE}; ${OVER_METADATA}; ${HOLES}`,
};

const V2_6_18: KernelColumns = {
  ...V2_6_20,
  needsTableChunk: true,
  ignoresFailedRead: true,
  ioPool: null,
  badMagicText: "Invalid/corrupt snapshot",
};
/** "dm snapshot: unify chunk_size" without the texts of 72d94861: they came to 2.6.18 together. */
const V2_6_17_12: KernelColumns = {
  ...V2_6_18,
  storePrefix: "device-mapper:",
  snapshotPrefix: "device-mapper:",
  tableLineNames: false,
};
const V2_6_11: KernelColumns = { ...V2_6_17_12, headerChunkSize: "unbuffered" };
const V2_6_22: KernelColumns = {
  ...V2_6_20,
  ioPool: "own",
  mostKmalloc: MIB_4,
  refusesInvalid: false,
  invalidText: "Snapshot is marked invalid.",
};
const RHEL_4: KernelColumns = {
  ...V2_6_22,
  mostKmalloc: KIB_128,
  storePrefix: "device-mapper:",
  snapshotPrefix: "device-mapper:",
  tableLineNames: false,
};
const RHEL_5_1: KernelColumns = { ...V2_6_22, mostKmalloc: KIB_128 };
const RHEL_5_2: KernelColumns = {
  ...RHEL_5_1,
  insertion: "backwards",
  runOverflowBug: bug("dm-snap.h:65"),
};
const RHEL_5_3: KernelColumns = { ...RHEL_5_2, roundsPagesDown: false };
const RHEL_5_4: KernelColumns = { ...RHEL_5_3, zeroAreaText: "zero_disk_area(0) failed" };
const RHEL_5_5: KernelColumns = {
  ...RHEL_5_4,
  headerChunkSize: "checked",
  hashTableNeedsChunk: false,
  harm: `${OVER_METADATA}; ${HOLES}`,
};
const RHEL_5_10Z: KernelColumns = { ...RHEL_5_5, skipsMetadata: true, harm: HOLES };
const V2_6_25: KernelColumns = {
  ...V2_6_22,
  insertion: "backwards",
  runOverflowBug: bug("dm-snap.h:64"),
};
const V2_6_27: KernelColumns = { ...V2_6_25, roundsPagesDown: false };
const V2_6_28: KernelColumns = {
  ...V2_6_27,
  nextFreeBits: 64,
  zeroAreaText: "zero_disk_area(0) failed",
};
const V2_6_29: KernelColumns = {
  ...V2_6_28,
  storePrefix: "device-mapper: persistent snapshot:",
  runOverflowBug: bug("dm-exception-store.h:110"),
};
const V2_6_30: KernelColumns = {
  ...V2_6_29,
  badTableError: "Couldn't create exception store",
  runOverflowBug: bug("dm-exception-store.h:132"),
};
const V2_6_31: KernelColumns = {
  ...V2_6_30,
  headerChunkSize: "checked",
  harm: `${OVER_METADATA}; ${HOLES}`,
};
const V2_6_32: KernelColumns = {
  ...V2_6_31,
  roundsTableToPage: false,
  hashTableNeedsChunk: false,
};
const V2_6_32_62: KernelColumns = { ...V2_6_32, skipsMetadata: true, harm: HOLES };
const V2_6_33: KernelColumns = {
  ...V2_6_32,
  statusHasMetadata: true,
  hasMergeTarget: true,
  runOverflowBug: bug("dm-exception-store.h:154"),
};
const V2_6_36: KernelColumns = { ...V2_6_33, runOverflowBug: bug("dm-exception-store.h:155") };
const V3_0: KernelColumns = { ...V2_6_36, ioPool: null };
const V3_12: KernelColumns = { ...V3_0, skipsMetadata: true, harm: HOLES };
const V3_13: KernelColumns = { ...V3_12, harm: null };
const V4_3: KernelColumns = { ...V3_13, runOverflowBug: bug("dm-exception-store.h:156") };
const V5_2: KernelColumns = { ...V4_3, insertion: "forwards", mostBuckets: HEADS_OF_8 };
const V5_16: KernelColumns = { ...V5_2, tableLineHasErrno: true };
const V6_3: KernelColumns = { ...V5_16, runOverflowBug: bug("dm-exception-store.h:157") };
const MODERN_COLUMNS: KernelColumns = {
  ...V6_3,
  insertion: "forwards-or-head",
  mostBuckets: HEADS_OF_16,
};

export const KERNEL_AGES: readonly KernelAge[] = [
  {
    ...RHEL_4,
    id: "rhel4",
    releases: [{ vendor: "el4" }],
    asked: ownCode("2.6.9-89.29.1.EL"),
  },
  {
    ...V2_6_11,
    id: "2.6.11",
    releases: [{ before: "2.6.16.37-rc1" }, { from: "2.6.17-rc1", before: "2.6.17.12" }],
    asked: ownCode("2.6.11.12"),
  },
  {
    ...V2_6_17_12,
    id: "2.6.17.12",
    releases: [
      { from: "2.6.16.37-rc1", before: "2.6.17-rc1" },
      { from: "2.6.17.12", before: "2.6.18-rc1" },
    ],
    asked: [],
  },
  {
    ...V2_6_18,
    id: "2.6.18",
    releases: [{ from: "2.6.18-rc1", before: "2.6.19-rc1" }],
    asked: ownCode("2.6.18"),
  },
  {
    ...V2_6_20,
    id: "2.6.20",
    releases: [
      { from: "2.6.19-rc1", before: "2.6.22-rc1" },
      { vendor: "el5", before: "2.6.18-53" },
    ],
    asked: ownCode("2.6.18-8.el5", "2.6.20", "2.6.21.5"),
  },
  {
    ...V2_6_22,
    id: "2.6.22",
    releases: [{ from: "2.6.22-rc1", before: "2.6.25-rc1" }],
    asked: ownCode("2.6.22.15", "2.6.24"),
  },
  {
    ...RHEL_5_1,
    id: "rhel5.1",
    releases: [{ vendor: "el5", from: "2.6.18-53", before: "2.6.18-92" }],
    asked: ownCode("2.6.18-53.el5"),
  },
  {
    ...RHEL_5_2,
    id: "rhel5.2",
    releases: [{ vendor: "el5", from: "2.6.18-92", before: "2.6.18-128" }],
    asked: ownCode("2.6.18-92.el5"),
  },
  {
    ...RHEL_5_3,
    id: "rhel5.3",
    releases: [{ vendor: "el5", from: "2.6.18-128", before: "2.6.18-164" }],
    asked: ownCode("2.6.18-128.el5"),
  },
  {
    ...RHEL_5_4,
    id: "rhel5.4",
    releases: [{ vendor: "el5", from: "2.6.18-164", before: "2.6.18-194" }],
    asked: ownCode("2.6.18-164.el5"),
  },
  {
    ...V2_6_25,
    id: "2.6.25",
    releases: [{ from: "2.6.25-rc1", before: "2.6.26-rc1" }],
    asked: [],
  },
  {
    ...V2_6_27,
    id: "2.6.27",
    releases: [{ from: "2.6.26-rc1", before: "2.6.28-rc1" }],
    asked: ownCode("2.6.27.57"),
  },
  {
    ...V2_6_28,
    id: "2.6.28",
    releases: [{ from: "2.6.28-rc1", before: "2.6.29-rc1" }],
    asked: ownCode("2.6.28.6"),
  },
  {
    ...V2_6_29,
    id: "2.6.29",
    releases: [{ from: "2.6.29-rc1", before: "2.6.30-rc1" }],
    asked: ownCode("2.6.29"),
  },
  {
    ...V2_6_30,
    id: "2.6.30",
    // 61578dcd and 2defcc3f came with 2.6.31-rc9: its candidates before do what 2.6.30 does.
    releases: [{ from: "2.6.30-rc1", before: "2.6.31-rc9" }],
    asked: ownCode("2.6.30"),
  },
  {
    ...RHEL_5_5,
    id: "rhel5.5",
    releases: [{ vendor: "el5", from: "2.6.18-194", before: "2.6.18-371.1.2" }],
    asked: ownCode("2.6.18-194.el5", "2.6.18-274.el5"),
  },
  {
    ...RHEL_5_10Z,
    id: "rhel5.10z",
    releases: [{ vendor: "el5", from: "2.6.18-371.1.2" }],
    asked: [],
  },
  {
    ...V2_6_31,
    id: "2.6.31",
    releases: [{ from: "2.6.31-rc9", before: "2.6.32-rc1" }],
    asked: ownCode("2.6.31.3", "2.6.31.12"),
  },
  {
    ...V2_6_32,
    id: "2.6.32",
    releases: [{ from: "2.6.32-rc1", before: "2.6.32.62" }],
    asked: ownCode("2.6.32.9"),
  },
  {
    ...V2_6_32_62,
    id: "2.6.32.62",
    releases: [{ from: "2.6.32.62", before: "2.6.33-rc1" }],
    asked: ownCode("2.6.32.63"),
  },
  {
    ...V2_6_33,
    id: "2.6.33",
    releases: [{ from: "2.6.33-rc1", before: "2.6.36-rc1" }],
    asked: ownCode("2.6.33.3", "2.6.34-rc7"),
  },
  {
    ...V2_6_36,
    id: "2.6.36",
    releases: [{ from: "2.6.36-rc1", before: "3.0-rc1" }],
    asked: ownCode("2.6.36.3"),
  },
  {
    ...V3_0,
    id: "3.0",
    releases: [
      { from: "3.0-rc1", before: "3.10.18" },
      { from: "3.11-rc1", before: "3.11.7" },
      { from: "3.12-rc1", before: "3.12-rc6" },
      { vendor: "el6", before: "2.6.32-358.23.2" },
    ],
    asked: ownCode("3.2.30"),
  },
  {
    ...V3_12,
    id: "3.12",
    releases: [
      { from: "3.10.18", before: "3.11-rc1" },
      { from: "3.11.7", before: "3.12-rc1" },
      { from: "3.12-rc6", before: "3.13-rc1" },
      { vendor: "el6", from: "2.6.32-358.23.2", before: "2.6.32-431" },
    ],
    asked: ownCode("3.10.35"),
  },
  {
    ...V3_13,
    id: "3.13",
    releases: [
      { from: "3.13-rc1", before: "3.14-rc1" },
      { from: "3.14", before: "4.3-rc1" },
    ],
    asked: [],
  },
  {
    ...V3_13,
    id: "3.14-rc",
    releases: [{ from: "3.14-rc1", before: "3.14" }],
    harm: "the last area written back with garbage around the newest entry (55494bf2)",
    asked: [],
  },
  {
    ...V4_3,
    id: "4.3",
    releases: [
      { from: "4.3-rc1", before: "5.2-rc1" },
      { vendor: "el6", from: "2.6.32-431" },
      { vendor: "el7" },
    ],
    asked: ownCode("2.6.32-642.6.2.el6", "4.9.115"),
  },
  {
    ...V5_2,
    id: "5.2",
    releases: [{ from: "5.2-rc1", before: "5.16-rc1" }],
    asked: booted("5.10.262"),
  },
  {
    ...V5_16,
    id: "5.16",
    releases: [{ from: "5.16-rc1", before: "6.3-rc1" }],
    asked: booted("6.1.192"),
  },
  {
    ...V6_3,
    id: "6.3",
    releases: [
      { from: "6.3-rc1", before: "6.6.121" },
      { from: "6.7-rc1", before: "6.12.66" },
      { from: "6.13-rc1", before: "6.18.6" },
    ],
    asked: [],
  },
  {
    ...MODERN_COLUMNS,
    id: "modern",
    releases: [
      { from: "6.6.121", before: "6.7-rc1" },
      { from: "6.12.66", before: "6.13-rc1" },
      { from: "6.18.6" },
    ],
    asked: booted("6.12.117", "7.2.13", "7.3-rc7"),
  },
];

/** The id of the newest age. */
export const MODERN = "modern";
