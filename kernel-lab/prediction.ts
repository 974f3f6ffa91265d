import path from "node:path";
import type { KernelOutcome, Report } from "../src/protocol/report.ts";
import type { SnapshotReport } from "../src/protocol/snapshot.ts";
import { SECTOR } from "../testing/disk.ts";
import { readSnapshot } from "../testing/oracle/read-snapshot.ts";
import { askOracle } from "../testing/oracle.ts";
import type { Case } from "./cases.ts";
import { sha256 } from "./digest.ts";
import { LabError, type Outcome, tryRun } from "./shell.ts";

/** What someone says the kernel would do. */
export interface Prediction {
  by: string;
  kernel: KernelOutcome;
  /** Null where the store does not activate, or where only the activation is foretold. */
  snapshot: Omit<SnapshotReport, "schema"> | null;
}

/** The test oracle, which the unit tests trust: it must not be wrong either. */
export function oraclePrediction({
  damage,
  base,
  originSectors,
  tableChunk,
  blockSize,
}: Case): Prediction {
  const kernel = askOracle(damage.bytes, { tableChunk, blockSize });
  if (!kernel.activates) return { by: "oracle", kernel, snapshot: null };
  const origin = base.origin.subarray(0, originSectors * SECTOR);
  const table = { chunkSectors: BigInt(tableChunk), blockSize };
  const { chunkBytes, bytes, unreadable } = readSnapshot(damage.bytes, origin, table);
  const snapshot = {
    bytes: `${bytes.length}`,
    chunkBytes,
    sha256: sha256(bytes),
    unreadableChunks: ranges(unreadable),
    unreadableCount: `${unreadable.length}`,
  };
  return { by: "oracle", kernel, snapshot };
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
  { originSectors, tableChunk, blockSize }: Case,
  cow: string,
  origin: string,
): Promise<Prediction> {
  const options = [
    ...["--json", "--kernel", "6.1"],
    ...["--table-chunk", `${tableChunk}`],
    ...["--origin-sectors", `${originSectors}`],
    ...["--block-size", `${blockSize}`],
  ];
  const checked = await cowscope(["check", ...options, cow]);
  const { kernel } = parseReport<Report>(checked);
  if (!kernel.activates) return { by: "cowscope", kernel, snapshot: null };
  const read = await cowscope(["snapshot", cow, "--origin", origin, ...options]);
  return { by: "cowscope", kernel, snapshot: parseReport<SnapshotReport>(read) };
}

const command = path.resolve("bin/cowscope.js");
const cowscope = (args: readonly string[]) => tryRun(process.execPath, [command, ...args]);

/** Exit 1 means that the question could not be answered: everything else comes with a report. */
function parseReport<T>({ code, stdout, stderr }: Outcome): T {
  if (code === 1 || stdout === "") throw new LabError(`cowscope: ${stderr.trim()}`);
  return JSON.parse(stdout) as T;
}
