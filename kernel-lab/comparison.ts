import type { KernelOutcome } from "../src/protocol/report.ts";
import { afterWrites } from "../testing/after-writes.ts";
import { sha256 } from "../testing/digest.ts";
import { SECTOR } from "../testing/disk.ts";
import { ERRNO_OF } from "../testing/recorded-outcome.ts";
import type { Case } from "./cases.ts";
import type { Prediction } from "./prediction.ts";
import type { Verdict } from "./verdict.ts";

/** Where prediction and kernel part, in words; nothing where they agree. */
export function differences(asked: Case, verdict: Verdict, prediction: Prediction): string[] {
  const { kernel, merge } = prediction;
  const found: string[] = [];
  const compare = (what: string, said: unknown, happened: unknown) => {
    const [a, b] = [JSON.stringify(said), JSON.stringify(happened)];
    if (a !== b) found.push(`${what}: ${prediction.by} says ${a}, the kernel ${b}`);
  };
  compare("crash", kernel.crash, verdict.crash);
  // A dead kernel has answered nothing else.
  if (verdict.crash !== null || kernel.crash !== null) return found;
  compare("activates", kernel.activates, verdict.createRc === 0);
  compare("dmsetup", kernel.dmsetup, errorText(verdict.createStderr));
  compare("errno", kernel.errno, errnoName(verdict.createStderr));
  compare("dmesg", (merge ?? kernel).dmesg, verdict.dmesg.map(withoutNumbers));
  compare("status", (merge ?? kernel).status, verdict.status);
  if (merge !== null) {
    if (merge.after !== null) compare("both devices after merging", merge.after, verdict.merged);
    return found;
  }
  compare("store after activation", sha256After(asked, kernel), changedSha256(asked, verdict));
  const { snapshot } = prediction;
  if (snapshot === null || verdict.snapshot === null) return found;
  compare("snapshot bytes", snapshot.bytes, `${asked.originSectors * SECTOR}`);
  compare("snapshot chunk", snapshot.chunkBytes, verdict.snapshot.chunkBytes);
  compare("unreadable chunks", snapshot.unreadableChunks, verdict.snapshot.unreadable);
  compare("unreadable count", snapshot.unreadableCount, `${countOf(verdict.snapshot.unreadable)}`);
  compare("snapshot sha256", snapshot.sha256, verdict.snapshot.sha256);
  return found;
}

const withoutNumbers = (line: string) =>
  line.replace(/^(device-mapper: table: )\d+:\d+/, "$1MAJ:MIN");

/** "device-mapper: reload ioctl on snap (253:0) failed: TEXT" */
const errorText = (stderr: string) => /ioctl on .* failed: (.*)/.exec(stderr)?.[1] ?? null;

function errnoName(stderr: string): string | null {
  const text = errorText(stderr);
  return text === null ? null : (ERRNO_OF[text] ?? text);
}

export const countOf = (ranges: readonly (readonly [number, number])[]) =>
  ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);

const changedSha256 = ({ damage }: Case, { change }: Verdict) =>
  change?.sha256 ?? sha256(damage.bytes);

const sha256After = ({ damage }: Case, { writes }: KernelOutcome) =>
  sha256(afterWrites(damage.bytes, writes));
