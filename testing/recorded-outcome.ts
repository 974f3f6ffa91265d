import type { KernelOutcome } from "../src/protocol/report.ts";
import type { RecordedVerdict } from "./fixtures.ts";

/** Kernels before 5.16 do not log the errno: dmsetup always says it, in strerror()'s words. */
export const ERRNO_OF: Partial<Record<string, NonNullable<KernelOutcome["errno"]>>> = {
  "No such device or address": "ENXIO",
  "Invalid argument": "EINVAL",
  "Input/output error": "EIO",
  "Cannot allocate memory": "ENOMEM",
};

/**
 * Lines as the report has them. The block layer's "attempt to access beyond end of device" names the
 * reading process: no part of it.
 */
export const ownLines = (dmesg: readonly string[]): string[] =>
  dmesg
    .filter((line) => line.startsWith("device-mapper: "))
    .map((line) => line.replace(/(table: )\d+:\d+/, "$1MAJ:MIN"));

/** The recorded verdict in the report's words; `writes` is apart, the kernel shows sectors only. */
export function recordedOutcome(
  verdict: Pick<RecordedVerdict, "createRc" | "createStderr" | "dmesg" | "status">,
): Omit<KernelOutcome, "writes"> {
  const bug = verdict.dmesg.map((line) => /^(kernel BUG at \S+)!$/.exec(line)?.[1]);
  const crash = bug.find((line) => line !== undefined) ?? null;
  const dmesg = ownLines(verdict.dmesg);
  const dmsetup = / failed: (.*)$/m.exec(verdict.createStderr)?.[1] ?? null;
  const errno = ERRNO_OF[dmsetup ?? ""] ?? null;
  return {
    activates: verdict.createRc === 0,
    crash,
    errno,
    dmesg,
    dmsetup,
    status: verdict.status,
  };
}
