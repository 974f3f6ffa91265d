import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { checkToTheEnd } from "../engine/check/check.ts";
import { bearOut } from "../explain/log/bear-out.ts";
import { logText } from "../explain/log/log-text.ts";
import { LogReader } from "../explain/log/read-log.ts";
import { makeReport } from "../explain/report/report.ts";
import { worst } from "../explain/verdict/severity.ts";
import { findKernel } from "../protocol/find-kernel.ts";
import type { LogReport } from "../protocol/log.ts";
import type { Report } from "../protocol/report.ts";
import { linesOf } from "./lines.ts";
import { loadCore } from "./load-core.ts";
import { type LogArguments, parseLogArguments } from "./log-options.ts";
import { withFiles } from "./open-files.ts";
import { openStore } from "./opened-store.ts";
import { complain, printableLines } from "./terminal.ts";

/** `cowscope log`: what console logs say of snapshots, and which findings that points to. */
export async function logCommand(args: string[]): Promise<number> {
  const asked = parseLogArguments(args);
  const reader = new LogReader();
  for (const file of asked.files.length > 0 ? asked.files : ["-"]) {
    if (!(await readLog(reader, file))) return 1;
  }
  let report = reader.report();
  if (asked.image !== null) {
    report = bearOut(report, await check(asked.image, asked, report));
  }
  // A log can hold whatever a terminal would act on.
  const text = asked.json ? `${JSON.stringify(report)}\n` : printableLines(logText(report));
  process.stdout.write(text);
  return { ok: 0, note: 3, problem: 2, fatal: 2 }[worst(report.messages)];
}

/** @returns false where it could not be read; one sentence stands on stderr then. */
async function readLog(reader: LogReader, file: string): Promise<boolean> {
  const stdin = file === "-";
  reader.begin(stdin ? "stdin" : basename(file));
  try {
    const stream = stdin ? process.stdin : createReadStream(file);
    for await (const line of linesOf(stream)) reader.take(line);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    complain(`cowscope log: ${file} could not be read: ${why}`);
    return false;
  }
}

/** Under the kernel that was asked for, else the one that the log names last. */
function check(
  image: string,
  { options, kernelGiven, store: asked, partial }: LogArguments,
  { kernels }: LogReport,
): Promise<Report> {
  return withFiles([image], async (files) => {
    const compiled = await loadCore();
    const known = kernels.filter((release) => findKernel(release) !== null);
    const kernel = kernelGiven ? options.kernel : (known.at(-1) ?? options.kernel);
    const wanted = { store: asked, partial, options: { ...options, kernel } };
    const store = await openStore(files, compiled, wanted);
    const { facts } = await checkToTheEnd(compiled, store.source, store.options, false);
    files.assertUnchanged();
    return makeReport(store.reportName, facts, store.setting);
  });
}
