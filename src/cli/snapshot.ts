import { createHash } from "node:crypto";
import { checkToTheEnd } from "../engine/check/check.ts";
import { GO_ON } from "../engine/read/check-hooks.ts";
import type { Sha256 } from "../engine/snapshot/read-snapshot.ts";
import type { NamedOrigin } from "../engine/snapshot/snapshot-store.ts";
import { takeSnapshot } from "../engine/snapshot/take-snapshot.ts";
import { makeReport } from "../explain/report/report.ts";
import { plural } from "../explain/words.ts";
import type { SnapshotReport } from "../protocol/snapshot.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { noteAnswer } from "./answers.ts";
import { expectData } from "./found-store.ts";
import { allShown } from "./image-names.ts";
import { ImageError, type ImageProblem, problemWords } from "./image-problem.ts";
import { loadCore } from "./load-core.ts";
import { OpenFiles } from "./open-files.ts";
import { type OpenedStore, openStore } from "./opened-store.ts";
import { originOf } from "./origin.ts";
import { parseSnapshotArguments, type SnapshotArguments } from "./snapshot-options.ts";
import { complain, printable } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope snapshot`: what the kernel would read from the snapshot device. */
export async function snapshotCommand(args: string[]): Promise<number> {
  const parsed = parseSnapshotArguments(args);
  const opened: OpenFiles[] = [];
  try {
    const files = await OpenFiles.open(parsed.images);
    opened.push(files);
    const compiled = await loadCore();
    const store = await openStore(files, compiled, parsed);
    for (const problem of store.found?.machine.tree.problems ?? []) {
      complain(noteAnswer(problem).complaint);
    }
    if (store.found) expectData(store.found.store);
    const origin = await originOf(parsed.origin, store, opened);
    return await snapshot(compiled, parsed, store, origin);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return refuse(ImageError.of(error, allShown(parsed.images)).problem);
  } finally {
    for (const files of opened) files.close();
  }
}

async function snapshot(
  compiled: WebAssembly.Module,
  parsed: SnapshotArguments,
  { name, source: cow, options: known }: OpenedStore,
  origin: NamedOrigin,
): Promise<number> {
  const { json, out } = parsed;
  const originSectors = known.originSectors ?? BigInt(Math.floor(origin.source.size / 512));
  const options = { ...known, originSectors };
  // The rows are kept, so that the table is read once.
  const { facts, core, rowsKept } = await checkToTheEnd(compiled, cow, options, true);
  const store = { name, facts, cow, rows: rowsKept ? core : null };
  // A name of something in the disks is none of a file, and does no harm here.
  const inputs = [...parsed.images, ...(parsed.origin === null ? [] : [parsed.origin])];
  const openSink = out === null ? null : () => FileSink.open(out, inputs);
  const read = await takeSnapshot(compiled, store, origin, openSink, nodeSha256(), GO_ON);
  if (!read.ok) {
    const code = refuse(read.problem, out);
    // What is no store could not be judged; a store that does not activate was.
    return makeReport(name, facts).verdict.id === "not-a-store" ? 1 : code;
  }
  // Where the volume group named the origin, the answer says which it was.
  const paired = parsed.origin === null ? origin.name : null;
  const report = paired === null ? read.value : { ...read.value, origin: paired };
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : words(read.value, out, paired));
  const beyond = facts.counts.get("exception.old.beyond-origin") ?? 0n;
  if (beyond > 0n) {
    complain(
      `cowscope: ${origin.name} has ${plural(originSectors, "sector")}, and ${plural(beyond, "exception")} of ` +
        `${name} lie behind them: it is not the whole origin, or not the right one.`,
    );
  }
  return read.value.unreadableChunks.length > 0 || beyond > 0n ? 2 : 0;
}

/** Says in one sentence why there is no snapshot. @returns the exit code. */
function refuse(problem: ImageProblem, out: string | null = null): number {
  const { code, found } = problem;
  if (code === "snapshot.input") throw new UsageError(`--out ${out} is an input: ${found}`);
  if (code === "snapshot.unwritable") {
    throw new UsageError(`--out ${out} could not be written: ${found}`);
  }
  complain(`cowscope: ${problemWords(problem)}`);
  return code === "snapshot.refused" ? 2 : 1;
}

function nodeSha256(): Sha256 {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
}

function words(report: SnapshotReport, out: string | null, origin: string | null): string {
  const ranges = report.unreadableChunks.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`));
  const shown = ranges.slice(0, 20).join(", ") + (ranges.length > 20 ? " …" : "");
  return [
    ...(origin === null
      ? []
      : [`over ${printable(origin)}, the origin that the volume group names`]),
    `${report.bytes} bytes in chunks of ${report.chunkBytes}${out === null ? "" : `, written to ${out}`}`,
    `sha256 ${report.sha256}`,
    report.unreadableCount === "0"
      ? "every chunk can be read"
      : `${plural(BigInt(report.unreadableCount), "chunk")} that the kernel answers with EIO: ${shown}`,
    "",
  ].join("\n");
}
