import { basename } from "node:path";
import { checkStore } from "../engine/check/check.ts";
import { emptyImage, problemOf } from "../engine/problems.ts";
import { makeReport, reportLine } from "../explain/report/report.ts";
import { reportText } from "../explain/report/report-text.ts";
import type { CheckOptions } from "../protocol/check.ts";
import { failure, type Result, success } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import { FileSource } from "../source/node/file-source.ts";
import { parseCheckArguments } from "./check-options.ts";
import { exitCode, worstExit } from "./exit-code.ts";
import { loadCore } from "./load-core.ts";

/** `cowscope check`: every image in turn; the exit code is the worst of them. */
export async function checkCommand(args: string[]): Promise<number> {
  const { positionals: images, options, json } = parseCheckArguments(args);
  const compiled = await loadCore();
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const codes: number[] = [];
  for (const path of images) {
    const result = await checkImage(compiled, path, options);
    if (!result.ok) {
      const { message, found, todo } = result.problem;
      process.stderr.write(`cowscope: ${message}${found ? ` (${found})` : ""}. ${todo}.\n`);
      codes.push(1);
      continue;
    }
    const report = result.value;
    process.stdout.write(json ? reportLine(report) : reportText(report, colour));
    if (report.verdict.id === "not-a-store") {
      process.stderr.write(`cowscope: ${path}: ${plain(report)}\n`);
    }
    codes.push(exitCode(report));
  }
  return worstExit(codes);
}

async function checkImage(
  compiled: WebAssembly.Module,
  path: string,
  options: CheckOptions,
): Promise<Result<Report>> {
  const name = basename(path);
  let source: FileSource | null = null;
  try {
    source = FileSource.open(path);
    if (source.size === 0) return failure(emptyImage(path));
    const hooks = { afterBatch: () => true };
    const checked = await checkStore(compiled, source, options, false, hooks);
    source.assertUnchanged();
    if (!checked) throw new Error("a check that nobody cancelled was cancelled");
    return success(makeReport(name, checked.facts));
  } catch (error) {
    return failure(problemOf(error, path));
  } finally {
    source?.close();
  }
}

function plain({ verdict }: Report): string {
  return `${verdict.title}. ${verdict.cause.replaceAll("**", "")}`;
}
