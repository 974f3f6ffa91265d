import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { checkStore } from "../engine/check/check.ts";
import { problemOf } from "../engine/problems.ts";
import { TableTooLarge } from "../engine/read/read-areas.ts";
import { readSnapshot, type Sha256, type SnapshotSink } from "../engine/snapshot/read-snapshot.ts";
import { SnapshotMap, TangledTable } from "../engine/snapshot/snapshot-map.ts";
import { makeReport } from "../explain/report/report.ts";
import { plural } from "../explain/words.ts";
import type { SnapshotReport } from "../protocol/snapshot.ts";
import { SourceError } from "../source/block-source.ts";
import { FileSource } from "../source/node/file-source.ts";
import { isSameFile } from "./copy-image.ts";
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
    const { message, found, todo } = problemOf(error, name);
    complain(`cowscope: ${message} (${found}). ${todo}.`);
    return 1;
  } finally {
    for (const source of sources) source.close();
  }
}

async function snapshot(
  parsed: SnapshotArguments,
  cow: FileSource,
  origin: FileSource,
): Promise<number> {
  const empty = [cow, origin].findIndex((source) => source.size === 0);
  if (empty >= 0) {
    throw new UsageError(`${empty === 0 ? parsed.image : parsed.origin} is empty`);
  }
  const compiled = await loadCore();
  const sectors = parsed.options.originSectors ?? BigInt(Math.floor(origin.size / 512));
  if (sectors * 512n > BigInt(origin.size)) {
    throw new UsageError(
      `the origin has ${Math.floor(origin.size / 512)} sectors, fewer than ${sectors}`,
    );
  }
  const options = { ...parsed.options, originSectors: sectors };
  const checked = await checkStore(compiled, cow, options, false, { afterBatch: () => true });
  if (!checked) throw new Error("a check that nobody cancelled was cancelled");
  const report = makeReport(parsed.image, checked.facts);
  if (!report.kernel.activates) {
    complain(`cowscope: ${parsed.image}: ${report.verdict.title}.`);
    return report.verdict.id === "not-a-store" ? 1 : 2;
  }
  const map = await SnapshotMap.load(compiled, cow, checked.facts, sectors);
  const sink = parsed.out === null ? null : openSink(parsed.out, [parsed.image, parsed.origin]);
  const read = await readSnapshot(map, cow, origin, nodeSha256(), sink, {
    afterBatch: () => true,
  });
  sink?.close();
  cow.assertUnchanged();
  origin.assertUnchanged();
  if (!read) throw new Error("a reading that nobody cancelled was cancelled");
  process.stdout.write(parsed.json ? `${JSON.stringify(read)}\n` : words(read, parsed.out));
  const beyond = checked.facts.counts.get("exception.old.beyond-origin") ?? 0n;
  if (beyond > 0n) {
    complain(
      `cowscope: ${parsed.origin} has ${sectors} sectors, and ${plural(beyond, "exception")} of ` +
        `${parsed.image} lie behind them: it is not the whole origin, or not the right one.`,
    );
  }
  return read.unreadableChunks.length > 0 || beyond > 0n ? 2 : 0;
}

function nodeSha256(): Sha256 {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
}

/** A new file, never one of the inputs. */
function openSink(path: string, inputs: string[]): SnapshotSink & { close(): void } {
  for (const input of inputs) {
    if (isSameFile(path, input)) throw new UsageError(`--out ${path} is an input`);
  }
  const descriptor = writing(path, () => openSync(path, "w"));
  return {
    write: (bytes) => {
      for (let done = 0; done < bytes.length; ) {
        done += writing(path, () => writeSync(descriptor, bytes, done, bytes.length - done));
      }
    },
    close: () => closeSync(descriptor),
  };
}

/** @throws UsageError one sentence, where the file cannot be written. */
function writing<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--out ${path} could not be written: ${why}`);
  }
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
