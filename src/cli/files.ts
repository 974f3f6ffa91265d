import { lstatSync } from "node:fs";
import { checkToTheEnd } from "../engine/check/check.ts";
import { openSnapshotFiles, type SnapshotFiles } from "../engine/files/snapshot-files.ts";
import { GO_ON } from "../engine/read/check-hooks.ts";
import { Stopped } from "../engine/snapshot/named-image.ts";
import { bytesWords, plural } from "../explain/words.ts";
import type { FilesProblem, StateCounts } from "../protocol/files.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { noteAnswer } from "./answers.ts";
import { type FilesArguments, parseFilesArguments } from "./files-options.ts";
import { endText, fileText, headText } from "./files-text.ts";
import { expectData, incomplete } from "./found-store.ts";
import { allShown } from "./image-names.ts";
import { ImageError } from "./image-problem.ts";
import { loadCore } from "./load-core.ts";
import { OpenFiles } from "./open-files.ts";
import { openStore } from "./opened-store.ts";
import { originOf } from "./origin.ts";
import { writingTo } from "./out-file.ts";
import { complain, printable } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** What is told of a list at its end; what is beyond is counted. */
const MOST_PROBLEMS = 1000;
const MOST_RANGES = 4096;

/** `cowscope files`: what is in the file system of a snapshot, or one file of it. */
export async function filesCommand(args: string[]): Promise<number> {
  const parsed = parseFilesArguments(args);
  const opened: OpenFiles[] = [];
  try {
    const files = await OpenFiles.open(parsed.images);
    opened.push(files);
    const { inside, names } = await snapshotFiles(parsed, files, opened);
    const { extract } = parsed;
    if (extract === null) return await list(parsed, inside, names);
    return await writingTo(extract.out, extractOne(parsed, extract, inside));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof Stopped) throw new ImageError(error.problem);
    throw ImageError.of(error, allShown(parsed.images));
  } finally {
    for (const files of opened) files.close();
  }
}

/** For sentences. */
interface Names {
  snapshot: string;
  origin: string;
}

async function snapshotFiles(
  parsed: FilesArguments,
  files: OpenFiles,
  opened: OpenFiles[],
): Promise<{ inside: SnapshotFiles; names: Names }> {
  const compiled = await loadCore();
  const store = await openStore(files, compiled, parsed);
  for (const problem of store.found?.machine.tree.problems ?? []) {
    complain(noteAnswer(problem).complaint);
  }
  if (store.found) {
    expectData(store.found.store);
    if (!store.found.store.complete) throw new ImageError(incomplete(store.found.store));
  }
  const origin = await originOf(parsed.origin, store, opened);
  const { name, source: cow } = store;
  const has = BigInt(Math.floor(origin.source.size / 512));
  const options = { ...store.options, originSectors: store.options.originSectors ?? has };
  const { facts, core, rowsKept } = await checkToTheEnd(compiled, cow, options, true);
  const checked = { name, facts, cow, rows: rowsKept ? core : null };
  const inside = await openSnapshotFiles(compiled, checked, origin, GO_ON);
  if (!inside.ok) throw new ImageError(inside.problem);
  return { inside: inside.value, names: { snapshot: name, origin: origin.name } };
}

async function list(
  { path, json }: FilesArguments,
  inside: SnapshotFiles,
  names: Names,
): Promise<number> {
  const counts: StateCounts = { whole: 0, touched: 0, unknown: 0 };
  const problems: FilesProblem[] = [];
  let passed = 0;
  const problem = (one: FilesProblem) => {
    passed += 1;
    if (problems.length < MOST_PROBLEMS) problems.push(one);
  };
  let isFirst = true;
  // Nothing is printed before the directory is known to be there.
  for await (const entry of inside.list(path, true, problem)) {
    if (isFirst) process.stdout.write(json ? headJson(inside, names, path) : head(inside, names));
    process.stdout.write(json ? `${isFirst ? "" : ","}${JSON.stringify(entry)}` : fileText(entry));
    isFirst = false;
    counts[entry.state] += 1;
  }
  if (isFirst) process.stdout.write(json ? headJson(inside, names, path) : head(inside, names));
  process.stdout.write(json ? endJson(counts, problems, passed) : endText(counts, problems));
  return counts.touched + counts.unknown + passed > 0 ? 2 : 0;
}

const head = ({ facts }: SnapshotFiles, { snapshot, origin }: Names): string =>
  headText(facts, snapshot, origin);

/** The object up to its files, which come one by one. */
function headJson({ facts, damage }: SnapshotFiles, names: Names, path: string): string {
  const ranges = damage.ranges.slice(0, MOST_RANGES);
  const object = {
    schema: "cowscope.files/1",
    ...names,
    fileSystem: facts,
    damage: ranges.map(({ offset, length, why }) => ({
      offset: String(offset),
      bytes: String(length),
      why,
    })),
    moreDamage: damage.ranges.length > ranges.length,
    path,
  };
  return `${JSON.stringify(object).slice(0, -1)},"files":[`;
}

function endJson(counts: StateCounts, problems: readonly FilesProblem[], passed: number): string {
  const end = { counts, problems, moreProblems: passed > problems.length };
  return `],${JSON.stringify(end).slice(1)}\n`;
}

async function extractOne(
  { images, origin, partial, json }: FilesArguments,
  { path, out }: { path: string; out: string },
  inside: SnapshotFiles,
): Promise<number> {
  if (lstatSync(out, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new UsageError(`--out ${out} is a symlink: name the file itself`);
  }
  const described = await inside.describe(path);
  const sink = FileSink.open(out, [...images, ...(origin === null ? [] : [origin])]);
  const written = await inside.extract(path, sink, partial);
  if (!written.ok) {
    const { code, found } = written.problem;
    if (code === "snapshot.unwritable") {
      throw new UsageError(`--out ${out} could not be written: ${found}`);
    }
    throw new ImageError(written.problem);
  }
  const missing = written.value.map(({ offset, length }) => ({
    offset: String(offset),
    bytes: String(length),
  }));
  const report = { schema: "cowscope.files/1", file: described, missing };
  process.stdout.write(
    json ? `${JSON.stringify(report)}\n` : `${fileText(described)}written to ${printable(out)}\n`,
  );
  if (missing.length > 0) {
    const bytes = written.value.reduce((sum, { length }) => sum + length, 0);
    complain(
      `cowscope files: ${bytesWords(bytes)} in ${plural(missing.length, "run")} of ${path} cannot be read, zeros in their place.`,
    );
  }
  return described.state === "whole" ? 0 : 2;
}
