import path from "node:path";
import type { KernelOutcome, Report } from "../src/protocol/report.ts";
import type { SnapshotReport } from "../src/protocol/snapshot.ts";
import { sha256 } from "../testing/digest.ts";
import { SECTOR } from "../testing/disk.ts";
import { readSnapshot } from "../testing/oracle/read-snapshot.ts";
import { askOracle } from "../testing/oracle.ts";
import { oracleKernel } from "../testing/oracle-kernels.ts";
import type { CaseFiles } from "./case-files.ts";
import type { Case } from "./cases.ts";
import { LabError, type Outcome, tryRun } from "./shell.ts";
import type { MergedDevices } from "./verdict.ts";

/** What someone says the kernel would do. */
export interface Prediction {
  by: string;
  kernel: KernelOutcome;
  /** Null where the store does not activate, or where only the activation is foretold. */
  snapshot: Omit<SnapshotReport, "schema"> | null;
  /** Null unless the store is to be merged. */
  merge: MergePrediction | null;
}

export interface MergePrediction {
  dmesg: string[];
  status: string | null;
  /** Null where only that is foretold. */
  after: MergedDevices | null;
}

/**
 * The test oracle, which the unit tests trust: it must not be wrong either.
 * @param release of the kernel that is asked
 */
export function oraclePrediction(asked: Case, release: string): Prediction {
  const { damage, base, originSectors, tableChunk, blockSize } = asked;
  const oracle = oracleKernel(release);
  const kernel = askOracle(damage.bytes, { tableChunk, blockSize, kernel: oracle });
  if (!kernel.activates) return { by: "oracle", kernel, snapshot: null, merge: null };
  const origin = base.origin.subarray(0, originSectors * SECTOR);
  const table = { chunkSectors: BigInt(tableChunk), blockSize };
  const { chunkBytes, bytes, unreadable } = readSnapshot(damage.bytes, origin, table, oracle);
  const snapshot = {
    bytes: `${bytes.length}`,
    chunkBytes,
    sha256: sha256(bytes),
    unreadableChunks: ranges(unreadable),
    unreadableCount: `${unreadable.length}`,
  };
  return { by: "oracle", kernel, snapshot, merge: null };
}

/** Ascending numbers as inclusive ranges. */
function ranges(numbers: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found;
}

/** The command itself, as a script would call it. */
export async function cowscopePrediction(
  asked: Case,
  { cow, origin }: CaseFiles,
  release: string,
): Promise<Prediction> {
  const options = optionsOf(asked, release);
  const checked = await cowscope(["check", ...options, cow]);
  const { kernel } = parseReport<Report>(checked);
  if (!kernel.activates) return { by: "cowscope", kernel, snapshot: null, merge: null };
  const read = await cowscope(["snapshot", cow, "--origin", origin, ...options]);
  return { by: "cowscope", kernel, snapshot: parseReport<SnapshotReport>(read), merge: null };
}

/** The same for a store that is to be merged: all of it stands in the report of check. */
export async function cowscopeMergePrediction(
  asked: Case,
  { cow }: CaseFiles,
  release: string,
): Promise<Prediction> {
  const checked = await cowscope(["check", ...optionsOf(asked, release), cow]);
  const { kernel } = parseReport<Report>(checked);
  const { dmesg, status } = kernel.merge;
  return { by: "cowscope", kernel, snapshot: null, merge: { dmesg, status, after: null } };
}

export const optionsOf = ({ originSectors, tableChunk, blockSize }: Case, release: string) => [
  ...["--json", "--kernel", release],
  ...["--table-chunk", `${tableChunk}`],
  ...["--origin-sectors", `${originSectors}`],
  ...["--block-size", `${blockSize}`],
];

const command = path.resolve("bin/cowscope.js");
export const cowscope = (args: readonly string[]) => tryRun(process.execPath, [command, ...args]);

/**
 * Exit 1 means that the question could not be answered: everything else comes with a report.
 * @param always whether a report is printed even then: a plan for what is no store.
 */
export function parseReport<T>({ code, stdout, stderr }: Outcome, always = false): T {
  if ((code === 1 && !always) || stdout === "") throw new LabError(`cowscope: ${stderr.trim()}`);
  return JSON.parse(stdout) as T;
}
