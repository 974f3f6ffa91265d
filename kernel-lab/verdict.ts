import type { Answer } from "./answers.ts";

/** What the kernel did with one store. */
export interface Verdict {
  /** The line with which it died, null if it lives. */
  crash: string | null;
  createRc: number;
  /** What dmsetup printed; device numbers as they were. */
  createStderr: string;
  /** device-mapper's lines of the activation, in order. */
  dmesg: string[];
  /** What stands after `snapshot` in `dmsetup status`. */
  status: string | null;
  statusAfterRead: string | null;
  table: string | null;
  /** The device as the kernel answers it, null if it did not activate. */
  snapshot: SnapshotRead | null;
  /** What activation wrote into the store, null for nothing. */
  change: StoreChange | null;
  /** What merging left of both devices, null where the store was not to be merged. */
  merged: MergedDevices | null;
}

/** sha256 of either, the origin cut to what the table line says. */
export interface MergedDevices {
  cow: string;
  origin: string;
}

export interface SnapshotRead {
  chunkBytes: number;
  /** Of the whole device, unreadable chunks as zeros. */
  sha256: string;
  /** Inclusive. */
  unreadable: [number, number][];
  errno: number;
  dmesg: string[];
}

export interface StoreChange {
  /** Inclusive, in sectors. */
  sectors: [number, number][];
  sha256: string;
}

export function verdictOf(answer: Answer): Verdict {
  const crash = answer.one("crash");
  if (crash !== null) return dead(crash);
  const createRc = Number(answer.one("create_rc"));
  return {
    crash: null,
    createRc,
    createStderr: answer.all("create_stderr").join("\n"),
    dmesg: answer.all("dmesg"),
    status: answer.one("status"),
    statusAfterRead: answer.one("status_after_read"),
    table: answer.one("table"),
    snapshot: answer.one("sha256") === null ? null : snapshotRead(answer),
    change: storeChange(answer),
    merged: mergedDevices(answer),
  };
}

function mergedDevices(answer: Answer): MergedDevices | null {
  const cow = answer.one("cow_sha256_after");
  const origin = answer.one("origin_sha256_after");
  return cow === null || origin === null ? null : { cow, origin };
}

function snapshotRead(answer: Answer): SnapshotRead {
  const failed = answer.all("unreadable").find((line) => line.startsWith("errno "));
  return {
    chunkBytes: Number(answer.one("read_chunk_bytes")),
    sha256: answer.one("sha256") ?? "",
    unreadable: answer.ranges("unreadable"),
    errno: Number(failed?.split(" ")[1] ?? 0),
    dmesg: answer.all("dmesg_read"),
  };
}

function storeChange(answer: Answer): StoreChange | null {
  const sha256 = answer.one("cow_sha256_after");
  return sha256 === null ? null : { sectors: answer.ranges("changed"), sha256 };
}

/** The verdict when the kernel did not survive: the console's own words for it. */
export function crashVerdict(console: string, stuck: boolean): Verdict {
  const fatal = /kernel BUG at [^!\s]+|Kernel panic - not syncing: .*|Out of memory: .*/.exec(
    console,
  );
  return dead(fatal?.[0].trim() ?? (stuck ? "the kernel hangs" : "the kernel is gone"));
}

/** A dead kernel has answered nothing else. */
function dead(crash: string): Verdict {
  return {
    crash,
    createRc: -1,
    createStderr: "",
    dmesg: [],
    status: null,
    statusAfterRead: null,
    table: null,
    snapshot: null,
    change: null,
    merged: null,
  };
}
