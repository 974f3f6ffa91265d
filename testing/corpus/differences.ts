import type { KernelOutcome } from "../../src/protocol/report.ts";
import type { SnapshotReport } from "../../src/protocol/snapshot.ts";
import { afterWrites } from "../after-writes.ts";
import { checkBytes } from "../check-bytes.ts";
import { sha256 } from "../digest.ts";
import { recordedAnswer, reportedAnswer } from "../old-answer.ts";
import { snapshotOf } from "../read-snapshot.ts";
import { recordedOutcome } from "../recorded-outcome.ts";
import type { BootedAnswer, CorpusRow, OwnCodeAnswer } from "./rows.ts";

/** Where cowscope and the kernel part, in words; nothing where they agree. */
export interface Differences {
  check: string[];
  /** Null where the kernel read nothing through the snapshot. */
  snapshot: string[] | null;
}

/** Asks cowscope, under the kernel's own release, what the kernel was asked. */
export async function differences(row: CorpusRow): Promise<Differences> {
  const { kernel, tableChunk, blockSize, originSectors, answer } = row;
  const cow = row.cow();
  const sectors = originSectors === null ? null : BigInt(originSectors);
  const options = { kernel, tableChunk, blockSize, originSectors: sectors };
  const outcome = (await checkBytes(cow, options)).report.kernel;
  if (answer.how === "own code") {
    return { check: ofOwnCode(answer, kernel, outcome), snapshot: null };
  }
  const check = ofBooted(answer, cow, outcome);
  const { sha256Snapshot } = answer.verdict;
  if (sha256Snapshot === null) return { check, snapshot: null };
  return { check, snapshot: ofSnapshot(answer, await snapshotOf(cow, answer.origin(), options)) };
}

function compare(what: string, said: unknown, happened: unknown): string[] {
  const [a, b] = [JSON.stringify(said), JSON.stringify(happened)];
  return a === b ? [] : [`${what}: cowscope says ${a}, the kernel ${b}`];
}

function ofBooted({ verdict, sha256After }: BootedAnswer, cow: Uint8Array, outcome: KernelOutcome) {
  const happened = recordedOutcome(verdict);
  const fields = ["crash", "activates", "errno", "dmsetup", "dmesg", "status"] as const;
  const different = fields.flatMap((key) => compare(key, outcome[key], happened[key]));
  const after = sha256After === null ? null : sha256(afterWrites(cow, outcome.writes));
  return [...different, ...compare("store after activation", after, sha256After)];
}

function ofOwnCode({ answer, written: range }: OwnCodeAnswer, kernel: string, said: KernelOutcome) {
  const [reported, recorded] = [reportedAnswer(said, kernel), recordedAnswer(answer, kernel)];
  const fields = ["rc", "bug", "status", "messages"] as const;
  const different = fields.flatMap((key) => compare(key, reported[key], recorded[key]));
  if (range === undefined) return different;
  const ends = said.writes.map(({ sector, sectors }) => Number(sector) + Number(sectors) - 1);
  const wrote = ends.length === 0 ? null : [Number(said.writes[0]?.sector), Math.max(...ends)];
  return [...different, ...compare("sectors written", wrote, range)];
}

function ofSnapshot({ verdict }: BootedAnswer, said: SnapshotReport | null): string[] {
  if (said === null) return ["snapshot: cowscope says that there is none"];
  return [
    ...compare("chunk", said.chunkBytes, verdict.readChunkBytes),
    ...compare("unreadable chunks", said.unreadableChunks, verdict.unreadableChunks),
    ...compare("sha256", said.sha256, verdict.sha256Snapshot),
  ];
}
