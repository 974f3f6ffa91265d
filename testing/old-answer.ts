import type { KernelOutcome } from "../src/protocol/report.ts";

/** What an old kernel's own driver code did with a store, run in userland. */
export interface OldAnswer {
  /** What the constructor returned; null after a BUG or an oops. */
  rc: number | null;
  messages: string[];
  status: string | null;
  bug: string | null;
}

const ERRNO = { EIO: -5, ENXIO: -6, ENOMEM: -12, EINVAL: -22 };

/** A userland program faults on its guard page where the kernel's vmalloc area ends. */
const FAULT = ["oops: bad access", "Unable to handle kernel paging request"] as const;

/**
 * Trees whose lines are not the release's: 2.6.32.9 has its comments removed. Of mm/mempool.c, which
 * the other files of a release do not move with, no report gives a line at all.
 */
const EDITED = new Set(["2.6.32.9"]);

function bugOf(text: string | null, kernel: string): string | null {
  const bug = text?.replace(FAULT[0], FAULT[1]) ?? null;
  const lineCounts = !EDITED.has(kernel) && !bug?.includes("mm/mempool.c");
  return lineCounts ? bug : (bug?.replace(/:\d+$/, "") ?? null);
}

/** The row's answer, as far as it is the kernel's. */
export const recordedAnswer = (
  { rc, status, bug, messages }: OldAnswer,
  kernel: string,
): OldAnswer => ({
  rc,
  status,
  bug: bugOf(bug, kernel),
  messages: messages.map((line) => line.replace(/(table: )\d+:\d+/, "$1MAJ:MIN")),
});

/** The report's answer in a row's words. */
export const reportedAnswer = (
  { crash, errno, status, dmesg }: KernelOutcome,
  kernel: string,
): OldAnswer => ({
  rc: crash === null ? (errno === null ? 0 : ERRNO[errno]) : null,
  status,
  bug: bugOf(crash, kernel),
  // populate_table()'s own line is not part of what was run.
  messages: dmesg.filter((line) => !line.endsWith("error adding target to table")),
});
