import type { LogSaying } from "../../protocol/log.ts";

/** An oops as it goes by: what its first line says, and whether the driver is among its frames. */
export interface Oops {
  line: number;
  text: string;
  id: string;
  say: () => LogSaying;
  /** Its first line alone proves that it is the driver's. */
  own: boolean;
  /** Frames of any kind were seen. */
  frames: number;
}

/** Lines behind the first that belong to an oops at most. */
export const MOST_OF_AN_OOPS = 200;

const COPY =
  "Keep this store away from activation (a rescue system may do it by itself), copy the COW device, and check the copy under this kernel's release.";

/** Functions of the driver that read a store, by the names of all ages. */
const DRIVER_FRAME =
  /\[dm_snapshot\]|\b(?:snapshot_ctr|snapshot_resume|persistent_(?:read_metadata|ctr|dtr)|read_(?:exceptions|header)|(?:dm_)?(?:add|insert)_exception|dm_(?:io_client_(?:create|resize)|io_get|kcopyd_client_create))\b/;
const FRAME = /\+0x[0-9a-f]+\/0x[0-9a-f]+/;

export const isDriverFrame = (message: string): boolean => DRIVER_FRAME.test(message);
export const isFrame = (message: string): boolean => FRAME.test(message);
export const endsOops = (message: string): boolean =>
  /---\[ end (?:trace|Kernel panic)|^Linux version /.test(message);

const chunkSizeZero = (): LogSaying => ({
  severity: "fatal",
  means:
    "The kernel crashed while it made its I/O buffers: a header with chunk size 0, or smaller than a page, does this to kernels before 2.6.31 (the header race, kernel commit 61578dcd).",
  findings: ["header.chunk-size.zero", "race.header.torn", "race.header.exception"],
  next: COPY,
});

const runOverflow = (): LogSaying => ({
  severity: "fatal",
  means:
    "The kernel crashed while it read the exception table: an exception whose new_chunk has its top byte set was glued to a run, which overflowed.",
  findings: ["exception.new.run-overflow", "exception.new.top-byte"],
  next: COPY,
});

const inDriver = (): LogSaying => ({
  severity: "fatal",
  means: "The kernel crashed inside the snapshot driver.",
  findings: ["header.chunk-size.zero", "exception.new.run-overflow"],
  next: COPY,
});

const vfree = (): LogSaying => ({
  severity: "problem",
  means:
    "The kernel ran out of memory for the buffers of one chunk and then freed some of them twice (the error path of alloc_area); the store was not looked at.",
  findings: ["header.chunk-size.memory"],
  next: "Look at the chunk size: each of the buffers is as large as one chunk.",
});

const STARTS: readonly [pattern: RegExp, id: string, own: boolean, say: () => LogSaying][] = [
  [
    /^kernel BUG at drivers\/md\/dm-(?:snap|exception-store)\.h:\d+/,
    "oops.run-overflow",
    true,
    runOverflow,
  ],
  [
    /^kernel BUG at drivers\/md\/dm-(?:snap|exception-store)\S*\.c:\d+/,
    "oops.driver",
    true,
    inDriver,
  ],
  [
    /^kernel BUG at (?:mm\/mempool|drivers\/md\/dm-io)\.c:\d+/,
    "oops.chunk-size",
    false,
    chunkSizeZero,
  ],
  [/^Trying to vfree\(\) nonexistent vm area/, "oops.double-vfree", false, vfree],
  [
    /^(?:BUG: unable to handle|Unable to handle kernel|general protection fault|Oops:|divide error:|kernel BUG at |BUG: KASAN:)/,
    "oops.driver",
    false,
    inDriver,
  ],
];

/** The oops that a line begins, if it begins one. */
export function beginsOops(message: string, line: number): Oops | null {
  for (const [pattern, id, own, say] of STARTS) {
    if (pattern.test(message)) return { line, text: message, id, say, own, frames: 0 };
  }
  return null;
}

/** Whether an oops that ended without a frame of the driver is still likely its. */
export const likelyDrivers = (oops: Oops): boolean =>
  oops.id === "oops.chunk-size" && oops.frames === 0;
