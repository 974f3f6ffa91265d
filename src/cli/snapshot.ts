import { createHash } from "node:crypto";
import { checkStore } from "../engine/check/check.ts";
import { emptyImage, problemOf } from "../engine/problems.ts";
import { TableTooLarge } from "../engine/read/read-areas.ts";
import type { Sha256 } from "../engine/snapshot/read-snapshot.ts";
import { takeSnapshot } from "../engine/snapshot/take-snapshot.ts";
import { TangledTable } from "../engine/snapshot/tangled-table.ts";
import { makeReport } from "../explain/report/report.ts";
import { plural } from "../explain/words.ts";
import type { Problem } from "../protocol/problem.ts";
import type { SnapshotReport } from "../protocol/snapshot.ts";
import { SourceError } from "../source/block-source.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { FileSource } from "../source/node/file-source.ts";
import { loadCore } from "./load-core.ts";
import { parseSnapshotArguments, type SnapshotArguments } from "./snapshot-options.ts";
import { complain } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope snapshot`: what the kernel would read from the snapshot device. */
export async function snapshotCommand(args: string[]): Promise<number> {
  const parsed = parseSnapshotArguments(args);
  const sources: FileSource[] = [];
  // Whichever is being opened: a sentence about the one must not name the other.
  let name = parsed.image;
  try {
    const cow = FileSource.open(name);
    sources.push(cow);
    name = parsed.origin;
    const origin = FileSource.open(name);
    sources.push(origin);
    name = parsed.image;
    return await snapshot(parsed, cow, origin);
  } catch (error) {
    const known = [SourceError, TangledTable, TableTooLarge];
    if (!known.some((kind) => error instanceof kind)) throw error;
    return refuse(problemOf(error, name));
  } finally {
    for (const source of sources) source.close();
  }
}

async function snapshot(
  parsed: SnapshotArguments,
  cow: FileSource,
  origin: FileSource,
): Promise<number> {
  const { image, json, out } = parsed;
  if (cow.size === 0) return refuse(emptyImage(image));
  const compiled = await loadCore();
  const originSectors = parsed.options.originSectors ?? BigInt(Math.floor(origin.size / 512));
  const options = { ...parsed.options, originSectors };
  // The rows are kept, so that the table is read once.
  const checked = await checkStore(compiled, cow, options, true, GO_ON);
  if (!checked) throw new Error("a check that nobody cancelled was cancelled");
  const { facts, core, rowsKept } = checked;
  const store = { name: image, facts, cow, rows: rowsKept ? core : null };
  const to = { name: parsed.origin, source: origin };
  const openSink = out === null ? null : () => FileSink.open(out, [image, parsed.origin]);
  const read = await takeSnapshot(compiled, store, to, openSink, nodeSha256(), GO_ON);
  if (!read.ok) {
    const code = refuse(read.problem, out);
    // What is no store could not be judged; a store that does not activate was.
    return makeReport(image, facts).verdict.id === "not-a-store" ? 1 : code;
  }
  process.stdout.write(json ? `${JSON.stringify(read.value)}\n` : words(read.value, out));
  const beyond = facts.counts.get("exception.old.beyond-origin") ?? 0n;
  if (beyond > 0n) {
    complain(
      `cowscope: ${parsed.origin} has ${originSectors} sectors, and ${plural(beyond, "exception")} of ` +
        `${image} lie behind them: it is not the whole origin, or not the right one.`,
    );
  }
  return read.value.unreadableChunks.length > 0 || beyond > 0n ? 2 : 0;
}

const GO_ON = { afterBatch: () => true };

/** Says in one sentence why there is no snapshot. @returns the exit code. */
function refuse({ code, message, found, todo }: Problem, out: string | null = null): number {
  if (code === "snapshot.input") throw new UsageError(`--out ${out} is an input: ${found}`);
  if (code === "snapshot.unwritable") {
    throw new UsageError(`--out ${out} could not be written: ${found}`);
  }
  complain(`cowscope: ${message} (${found}). ${todo}.`);
  return code === "snapshot.refused" ? 2 : 1;
}

function nodeSha256(): Sha256 {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
}

function words(report: SnapshotReport, out: string | null): string {
  const ranges = report.unreadableChunks.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`));
  const shown = ranges.slice(0, 20).join(", ") + (ranges.length > 20 ? " …" : "");
  return [
    `${report.bytes} bytes in chunks of ${report.chunkBytes}${out === null ? "" : `, written to ${out}`}`,
    `sha256 ${report.sha256}`,
    report.unreadableCount === "0"
      ? "every chunk can be read"
      : `${plural(BigInt(report.unreadableCount), "chunk")} that the kernel answers with EIO: ${shown}`,
    "",
  ].join("\n");
}
