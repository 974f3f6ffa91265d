import type { Finding, FindingCode, Severity } from "./finding.ts";

/** The report of `cowscope check`, schema cowscope.report/1: a contract with scripts and tickets. */
export interface Report {
  schema: "cowscope.report/1";
  image: { name: string; bytes: string; sectors: string };
  options: {
    tableChunk: number;
    tableChunkFrom: TableChunkFrom;
    originSectors: string | null;
    blockSize: number;
    kernel: string;
  };
  /** The 16 header bytes as they lie on the disk, null where the image is too short for them. */
  header: { magic: number; valid: number; version: number; chunkSize: number } | null;
  /** `ranking`: how well other sizes fit, best first; empty where the header's was not in doubt. */
  chunkSize: { sectors: number; from: ChunkSizeFrom; ranking: RankedChunkSize[] };
  areas: { read: number; full: number; exceptionsPerArea: number };
  exceptions: { count: string };
  kernel: KernelOutcome & { merge: MergeOutcome };
  /** The same bytes under every age of kernels, oldest first. */
  ages: AgeOutcome[];
  /** What the volume group's metadata say beside that; null where there is no volume group. */
  lvm: { merging: boolean } | null;
  verdict: Verdict;
  findings: Finding[];
  /** How often each code was found: `findings` lists at most FINDINGS_PER_CODE of each. */
  findingCounts: Partial<Record<FindingCode, string>>;
}

/** At most this many findings of one code are listed one by one; the rest are counted. */
export const FINDINGS_PER_CODE = 32;

/**
 * Whose the table line's chunk size is: the caller's; the volume group's metadata; the header's,
 * which today's kernel would accept; read off the bytes; or 8 sectors, which LVM gives unasked.
 */
export type TableChunkFrom = "given" | "lvm" | "header" | "inferred" | "default";

export type ChunkSizeFrom = "header" | "table" | "default" | "inferred";

/** What one kernel does on `dmsetup create` with a snapshot target over this store. */
export interface KernelOutcome {
  activates: boolean;
  crash: string | null;
  errno: "ENXIO" | "EINVAL" | "EIO" | "ENOMEM" | null;
  /** The device-mapper lines of activation in order, device numbers as MAJ:MIN. */
  dmesg: string[];
  dmsetup: string | null;
  status: string | null;
  /** What activation itself overwrites, in sectors of the COW device. */
  writes: { sector: string; sectors: string; what: string }[];
}

/**
 * What the same kernel does on `dmsetup create` with a snapshot-merge target, the one that
 * `lvconvert --merge` loads, until it stops.
 *
 *   merges       it copies every exception to the origin and leaves an empty table
 *   fails        it stops on the way, for `reason`
 *   invalid      the device is there, and nothing is merged
 *   refused      as with a snapshot target: there is no device
 *   crashes      likewise, with the line in `crash` above
 *   unsupported  this kernel has no such target
 *   unknown      it cannot be told: the table is too large or too tangled
 */
export interface MergeOutcome {
  outcome: "merges" | "fails" | "invalid" | "refused" | "crashes" | "unsupported" | "unknown";
  reason: "read-error" | "write-error" | "not-in-memory" | "middle-of-run" | null;
  /** The same in a sentence or two. */
  message: string;
  /** Exceptions merged by then, and those still on the disk; null where none are looked at. */
  exceptions: { merged: string; left: string } | null;
  /** The device-mapper lines of activation and merging, in order, as those of a snapshot above. */
  dmesg: string[];
  /** When it has stopped. */
  status: string | null;
}

/** A KernelOutcome, and whose it is. */
export interface AgeOutcome extends KernelOutcome {
  /** As `--kernel` takes it. */
  age: string;
  /** Which kernels, in words. */
  kernels: string;
  /** In the table line: another than the one asked about where only that shows what it does. */
  tableChunk: number;
  /** The newest age that does the same with these bytes, itself perhaps. */
  sameAs: string;
}

/** A chunk size and how well the bytes fit it. */
export interface RankedChunkSize {
  sectors: number;
  /** 0 to 1. */
  score: number;
  /** Why, in words. */
  why: string;
}

export const VERDICT_IDS = [
  "healthy",
  "odd",
  "full",
  "damaged",
  "invalidated",
  "new",
  "would-be-formatted",
  "refused-magic",
  "refused-chunk-size",
  "refused-version",
  "refused-io",
  "crash",
  "not-a-store",
] as const;
export type VerdictId = (typeof VERDICT_IDS)[number];

export interface Verdict {
  id: VerdictId;
  severity: Severity;
  /** One sentence: what is wrong. */
  title: string;
  /** One paragraph: why. The named cause stands between ** and **. */
  cause: string;
  /** What to do next, and whether it makes things worse. Commands stand between ` and `. */
  action: string;
  /** The same, step by step: what `action` has in one paragraph. */
  steps: AdviceStep[];
}

/** Something to do next. */
export interface AdviceStep {
  text: string;
  /**
   * To be typed in this order, and safe to paste whole: what destroys, is one of several ways, or
   * needs to be filled in stands behind a `#`.
   */
  commands: string[];
  /** What is lost by it, to be said before its commands; null: nothing. */
  destroys: string | null;
  /** What cowscope itself has for it: the command has a subcommand of that name, the page a view. */
  by?: "repair" | "rescue";
}
