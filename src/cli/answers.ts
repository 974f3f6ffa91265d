import { problemLine, reportLine } from "../explain/report/report.ts";
import { reportText } from "../explain/report/report-text.ts";
import type { FoundProblem } from "../protocol/machine.ts";
import type { Report } from "../protocol/report.ts";
import { exitCode } from "./exit-code.ts";
import { type ImageProblem, placed, problemWords } from "./image-problem.ts";
import { complain } from "./terminal.ts";

/** How the answers are to look. */
export interface Shape {
  json: boolean;
  colour: boolean;
}

/** What one store, or one image, has the command say. Plain data, so that a thread can send it. */
export interface ImageAnswer {
  /** For stdout. */
  output: string;
  /** For stderr: one sentence, "" if there is nothing to say. */
  complaint: string;
  code: number;
}

export function tell({ output, complaint }: ImageAnswer): void {
  if (output !== "") process.stdout.write(output);
  if (complaint !== "") complain(complaint);
}

/** @param name as a report would have it. */
export function problemAnswer(name: string, problem: ImageProblem, { json }: Shape): ImageAnswer {
  return {
    output: json ? problemLine(name, problem) : "",
    complaint: `cowscope: ${problemWords(problem)}`,
    code: 1,
  };
}

export function reportAnswer(path: string, report: Report, { json, colour }: Shape): ImageAnswer {
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

/** What was amiss on the way to stores that were found all the same. */
export function noteAnswer(problem: FoundProblem): ImageAnswer {
  return { output: "", complaint: `cowscope: ${problemWords(placed(problem))}`, code: 0 };
}
