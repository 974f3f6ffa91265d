/**
 * What each border in the table of ages rests on: where a range of releases begins, and why there.
 * The page does not load this; docs/kernels.md is made of it.
 *
 *   own code    the driver of that release, and that of the release before it, was run: at most the
 *               candidate in between with which it came is not known
 *   read        the change was read, in the source or in the announcement of that release
 *   neighbour   the nearest releases that were asked lie further apart; where in between it changed
 *               was not found in a source that could be read, and is from memory
 *
 * None is `booted`: no two releases next to each other were.
 */
export type BorderSource = "own code" | "read" | "neighbour";

export interface Border {
  /** Whose ranges these are, where they are a distribution's. */
  vendor?: string;
  /** The `from` of a range; left out for one that has none. */
  from?: string;
  source: BorderSource;
  why: string;
}

const ANNOUNCED = "announced with 8581b19e (dm_insert_exception())";
const BRANCHED = "branched before 8581b19e (6.19)";

/** One for each range of KERNEL_AGES, mainline's first, oldest first. */
export const KERNEL_BORDERS: readonly Border[] = [
  { source: "neighbour", why: "2.6.11.12 was run; older ones were not looked at" },
  {
    from: "2.6.16.37-rc1",
    source: "read",
    why: "“dm snapshot: unify chunk_size” stands in the announcement of 2.6.16.37-rc1 (19 December 2006)",
  },
  { from: "2.6.17-rc1", source: "read", why: "has “unify chunk_size” from 2.6.17.12 on only" },
  {
    from: "2.6.17.12",
    source: "read",
    why: "“unify chunk_size” stands in the summary of changes from 2.6.17.11 to 2.6.17.12",
  },
  {
    from: "2.6.18-rc1",
    source: "read",
    why: "72d94861 (June 2006) has both the adopted chunk size and the texts; 2.6.18 was run",
  },
  {
    from: "2.6.19-rc1",
    source: "read",
    why: "“allow zero chunk_size” and “fix metadata error handling” were posted on 14 September 2006 and are not in 2.6.18, which was run, as 2.6.20 was",
  },
  { from: "2.6.22-rc1", source: "own code", why: "2.6.21.5 and 2.6.22.15" },
  {
    from: "2.6.25-rc1",
    source: "neighbour",
    why: "d74f81f8 (combined exceptions) was read, and is not in 2.6.24, which was run; that 2.6.25 is the first to have it, and the line of its BUG, are from memory",
  },
  {
    from: "2.6.26-rc1",
    source: "neighbour",
    why: "92436262 (pages rounded up) was read, it follows d74f81f8, and 2.6.27.57, which was run, has it; that 2.6.26 is the first is from memory",
  },
  { from: "2.6.28-rc1", source: "own code", why: "2.6.27.57 and 2.6.28.6" },
  { from: "2.6.29-rc1", source: "own code", why: "2.6.28.6 and 2.6.29" },
  { from: "2.6.30-rc1", source: "own code", why: "2.6.29 and 2.6.30" },
  {
    from: "2.6.31-rc9",
    source: "read",
    why: "61578dcd and 2defcc3f came with this candidate; 2.6.30 and 2.6.31.3 were run",
  },
  { from: "2.6.32-rc1", source: "own code", why: "2.6.31.12 and 2.6.32.9" },
  {
    from: "2.6.32.62",
    source: "neighbour",
    why: "2.6.32.9 and 2.6.32.63 were run; which release in between is from memory",
  },
  { from: "2.6.33-rc1", source: "own code", why: "2.6.32.9 and 2.6.33.3" },
  {
    from: "2.6.36-rc1",
    source: "neighbour",
    why: "2.6.34-rc7 and 2.6.36.3 were run; 2.6.35 was not. Only the line of a BUG differs",
  },
  {
    from: "3.0-rc1",
    source: "neighbour",
    why: "2.6.36.3 and 3.2.30 were run; that bda8efec (no pool of I/Os) came with 3.0 is from memory",
  },
  {
    from: "3.10.18",
    source: "neighbour",
    why: "a distribution added the fix (e9c6a182) to 3.10.17 itself, and 3.10.35, which was run, has it; which one in between is from memory",
  },
  { from: "3.11-rc1", source: "read", why: "older than e9c6a182 (October 2013)" },
  { from: "3.11.7", source: "neighbour", why: "which stable release has e9c6a182 is from memory" },
  { from: "3.12-rc1", source: "read", why: "older than e9c6a182 (October 2013)" },
  { from: "3.12-rc6", source: "neighbour", why: "that e9c6a182 came with -rc6 is from memory" },
  {
    from: "3.13-rc1",
    source: "neighbour",
    why: "230c83af is of 29 November 2013, with which candidate it came is from memory. Only what the kernel can do while it writes differs",
  },
  {
    from: "3.14-rc1",
    source: "read",
    why: "the fix of 55494bf2 (March 2014) names this candidate. Only what the kernel can do while it writes differs",
  },
  { from: "3.14", source: "read", why: "“dm snapshot: fix metadata corruption” of 3 March 2014" },
  {
    from: "4.3-rc1",
    source: "neighbour",
    why: "b0d3cc01 (October 2015) was read: one line more before the BUG, which is all that differs; with which candidate of 4.3 it came is from memory. 4.9.115 was run",
  },
  { from: "5.2-rc1", source: "neighbour", why: "4.9.115 was run and 5.10.262 booted" },
  { from: "5.16-rc1", source: "neighbour", why: "5.10.262 and 6.1.192 were booted" },
  {
    from: "6.3-rc1",
    source: "read",
    why: "3bd94003: one line more before the BUG, which is all that differs",
  },
  { from: "6.6.121", source: "read", why: ANNOUNCED },
  { from: "6.7-rc1", source: "read", why: BRANCHED },
  { from: "6.12.66", source: "read", why: `${ANNOUNCED}; 6.12.117 was booted` },
  { from: "6.13-rc1", source: "read", why: BRANCHED },
  { from: "6.18.6", source: "read", why: `${ANNOUNCED}; 6.19 and later have it from mainline` },
  { vendor: "el4", source: "neighbour", why: "one late kernel of RHEL 4 was run" },
  { vendor: "el5", source: "own code", why: "2.6.18-8.el5" },
  { vendor: "el5", from: "2.6.18-53", source: "own code", why: "2.6.18-53.el5" },
  { vendor: "el5", from: "2.6.18-92", source: "own code", why: "2.6.18-92.el5" },
  { vendor: "el5", from: "2.6.18-128", source: "own code", why: "2.6.18-128.el5" },
  { vendor: "el5", from: "2.6.18-164", source: "own code", why: "2.6.18-164.el5" },
  { vendor: "el5", from: "2.6.18-194", source: "own code", why: "2.6.18-194.el5" },
  {
    vendor: "el5",
    from: "2.6.18-371.1.2",
    source: "read",
    why: "CESA-2013:1449 names this build for CVE-2013-4299",
  },
  { vendor: "el6", source: "neighbour", why: "taken as 3.0: none before 2.6.32-642 was run" },
  {
    vendor: "el6",
    from: "2.6.32-358.23.2",
    source: "read",
    why: "its changelog (ELSA-2013-1436) has “dm-snapshot: fix data corruption” (CVE-2013-4299)",
  },
  {
    vendor: "el6",
    from: "2.6.32-431",
    source: "neighbour",
    why: "the changelog has the fix of CVE-2013-4299 since 2.6.32-425; 2.6.32-642 was run, and which build brought the rest of it is not known",
  },
  { vendor: "el7", source: "neighbour", why: "taken as 4.3: none was run" },
];
