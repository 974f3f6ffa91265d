import { basename } from "node:path";
import { checkStore } from "../engine/check/check.ts";
import { emptyImage, problemOf } from "../engine/problems.ts";
import { makeReport, reportLine } from "../explain/report/report.ts";
import { reportText } from "../explain/report/report-text.ts";
import type { CheckOptions } from "../protocol/check.ts";
import type { StoreFacts } from "../protocol/facts.ts";
import { failure, type Problem, type Result, success } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import { FileSource } from "../source/node/file-source.ts";
import { exitCode } from "./exit-code.ts";
import { printable } from "./terminal.ts";

/** How the answers are to look. */
export interface Shape {
  json: boolean;
  colour: boolean;
}

/** What one image has the command say. Plain data, so that a thread can send it. */
export interface ImageAnswer {
  /** For stdout. */
  output: string;
  /** For stderr: one sentence, "" if there is nothing to say. */
  complaint: string;
  code: number;
}

/** Checks one image, and never throws for anything that an image or a path can be. */
export async function checkImage(
  compiled: WebAssembly.Module,
  path: string,
  options: CheckOptions,
  shape: Shape,
): Promise<ImageAnswer> {
  const facts = await factsOf(compiled, path, options);
  if (!facts.ok) return problemAnswer(path, facts.problem, shape);
  // Whatever a report's text names the image by must not act on a terminal; JSON stays exact.
  const name = shape.json ? basename(path) : printable(basename(path));
  return reportAnswer(path, makeReport(name, facts.value), shape);
}

/** CONTRACT, "One line an image, whatever happens". */
export function problemAnswer(path: string, problem: Problem, { json }: Shape): ImageAnswer {
  const { message, found, todo } = problem;
  const image = { name: basename(path), bytes: null, sectors: null };
  const line = { schema: "cowscope.report/1", image, problem };
  return {
    output: json ? `${JSON.stringify(line)}\n` : "",
    complaint: `cowscope: ${message}${found ? ` (${found})` : ""}. ${todo}.`,
    code: 1,
  };
}

function reportAnswer(path: string, report: Report, { json, colour }: Shape): ImageAnswer {
  const { id, title, cause, action } = report.verdict;
  // What is no store has no report for people, only the sentences that say so.
  const isStore = id !== "not-a-store";
  const text = isStore ? reportText(report, colour) : "";
  return {
    output: json ? reportLine(report) : text,
    complaint: isStore
      ? ""
      : `cowscope: ${path}: ${title}. ${cause} ${action}`.replaceAll("**", ""),
    code: exitCode(report),
  };
}

async function factsOf(
  compiled: WebAssembly.Module,
  path: string,
  options: CheckOptions,
): Promise<Result<StoreFacts>> {
  let source: FileSource | null = null;
  try {
    source = FileSource.open(path);
    if (source.size === 0) return failure(emptyImage(path));
    const hooks = { afterBatch: () => true };
    const checked = await checkStore(compiled, source, options, false, hooks);
    source.assertUnchanged();
    if (!checked) throw new Error("a check that nobody cancelled was cancelled");
    return success(checked.facts);
  } catch (error) {
    return failure(problemOf(error, path));
  } finally {
    source?.close();
  }
}
