import { createHash } from "node:crypto";
import { basename } from "node:path";
import { emptyImage, problemOf } from "../engine/problems.ts";
import { planRepair } from "../engine/repair/plan-repair.ts";
import { makePlan } from "../explain/repair/plan.ts";
import { planText } from "../explain/repair/plan-text.ts";
import { makeReport } from "../explain/report/report.ts";
import type { Problem } from "../protocol/problem.ts";
import type { LevelFacts, RepairFacts, RepairObstacle } from "../protocol/repair.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { FileSource } from "../source/node/file-source.ts";
import { expectBefore, PatchedSource } from "../source/patched-source.ts";
import { copyTo } from "../source/sink/copy.ts";
import { SinkError } from "../source/sink/sink.ts";
import { checkImage } from "./check-image.ts";
import { exitCode } from "./exit-code.ts";
import { loadCore } from "./load-core.ts";
import { parseRepairArguments, type RepairArguments } from "./repair-options.ts";
import { coloured, complain, printable } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope repair`: a plan, or with --out a repaired copy and its report. Inputs are only read. */
export async function repairCommand(args: string[]): Promise<number> {
  const asked = parseRepairArguments(args);
  const { image } = asked;
  let source: FileSource | null = null;
  try {
    source = FileSource.open(image);
    if (source.size === 0) return refuse(emptyImage(image));
    const compiled = await loadCore();
    const facts = await planRepair(compiled, source, asked.options, GO_ON);
    if (!facts) throw new Error("a plan that nobody cancelled was cancelled");
    source.assertUnchanged();
    if (asked.out === null) return printPlan(asked, facts);
    return await writeCopy(compiled, asked, asked.out, source, facts);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof SinkError) throw outUnusable(asked.out, error);
    return refuse(problemOf(error, image));
  } finally {
    source?.close();
  }
}

const GO_ON = { afterBatch: () => true };

/** The exit code is that of the image as it stands. */
function printPlan({ image, level, json }: RepairArguments, facts: RepairFacts): number {
  const base = basename(image);
  const names = { image, copy: `${base}.repaired` };
  const plan = makePlan(json ? base : printable(base), facts, names, digest);
  if (level) plan.levels = plan.levels.filter((one) => one.level === level);
  process.stdout.write(json ? `${JSON.stringify(plan)}\n` : planText(plan, true));
  return codeOf(base, facts);
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const codeOf = (name: string, { now }: RepairFacts): number => exitCode(makeReport(name, now));

/** What is asked for is there already: the copy is then the image as it is. */
const NOTHING_TO_DO: readonly (RepairObstacle | null)[] = [
  "activates",
  "invalid-already",
  "header-right",
  "table-right",
];

async function writeCopy(
  compiled: WebAssembly.Module,
  { image, level, options, json }: RepairArguments,
  out: string,
  source: FileSource,
  facts: RepairFacts,
): Promise<number> {
  const found = facts.levels.find((one) => one.level === level);
  if (!found) throw new Error(`no level is called ${level}`);
  const why = whyNot(image, found, facts);
  if (found.obstacle !== null && !NOTHING_TO_DO.includes(found.obstacle)) {
    complain(`cowscope: ${image}: nothing was written. ${why}`);
    return codeOf(image, facts);
  }
  await expectBefore(source, found.patches);
  await copyTo(new PatchedSource(source, found.patches), FileSink.open(out, [image]));
  if (found.obstacle !== null) complain(`cowscope: ${out} is a copy of ${image} as it is. ${why}`);
  const call = { options, shape: { json, colour: coloured() }, partial: false, images: [out] };
  let code = 1;
  for await (const answer of checkImage(compiled, out, call)) {
    if (answer.output !== "") process.stdout.write(answer.output);
    if (answer.complaint !== "") complain(answer.complaint);
    code = answer.code;
  }
  return code;
}

function whyNot(image: string, { level, obstacle }: LevelFacts, facts: RepairFacts): string {
  if (obstacle === null) return "";
  const plan = makePlan(basename(image), facts, { image, copy: "" }, digest);
  return plan.levels.find((one) => one.level === level)?.why ?? "";
}

function outUnusable(out: string | null, error: SinkError): UsageError {
  return new UsageError(
    error.kind === "input"
      ? `--out ${out} is an input: ${error.message}`
      : `--out ${out} could not be written: ${error.message}`,
  );
}

/** Says in one sentence why there is no plan. @returns the exit code. */
function refuse({ message, found, todo }: Problem): number {
  complain(`cowscope: ${message}${found ? ` (${found})` : ""}. ${todo}.`);
  return 1;
}
