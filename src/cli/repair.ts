import { createHash } from "node:crypto";
import { basename } from "node:path";
import { planRepair } from "../engine/repair/plan-repair.ts";
import { makePlan } from "../explain/repair/plan.ts";
import { planText } from "../explain/repair/plan-text.ts";
import { makeReport } from "../explain/report/report.ts";
import type { LevelFacts, LevelPlan, RepairFacts, RepairObstacle } from "../protocol/repair.ts";
import { shellQuote } from "../protocol/shell-quote.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { expectBefore, PatchedSource } from "../source/patched-source.ts";
import { copyTo } from "../source/sink/copy.ts";
import { SinkError } from "../source/sink/sink.ts";
import { checkImage } from "./check-image.ts";
import { exitCode } from "./exit-code.ts";
import { checkOptionsOf } from "./found-store.ts";
import { ImageError, type ImageProblem, problemWords } from "./image-problem.ts";
import { loadCore } from "./load-core.ts";
import { OpenFiles } from "./open-files.ts";
import { type OpenedStore, openStore } from "./opened-store.ts";
import { parseRepairArguments, type RepairArguments } from "./repair-options.ts";
import { coloured, complain, printable } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope repair`: a plan, or with --out a repaired copy and its report. Inputs are only read. */
export async function repairCommand(args: string[]): Promise<number> {
  const asked = parseRepairArguments(args);
  const { images } = asked;
  let files: OpenFiles | null = null;
  try {
    files = OpenFiles.open(images);
    const compiled = await loadCore();
    const opened = await openStore(files, compiled, asked);
    const { source, found } = opened;
    const options = found ? checkOptionsOf(found.store, asked.options) : asked.options;
    const facts = await planRepair(compiled, source, options, GO_ON);
    if (!facts) throw new Error("a plan that nobody cancelled was cancelled");
    files.assertUnchanged();
    if (asked.out === null) return printPlan(asked, opened, facts);
    return await writeCopy(compiled, { ...asked, options }, asked.out, opened, facts);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof SinkError) throw outUnusable(asked.out, error);
    return refuse(ImageError.of(error, images.join(", ")).problem);
  } finally {
    files?.close();
  }
}

const GO_ON = { afterBatch: () => true };

/** The exit code is that of the image as it stands. */
function printPlan(
  { images, level, json }: RepairArguments,
  { name, found }: OpenedStore,
  facts: RepairFacts,
): number {
  const base = found ? name : basename(name);
  const cow = found ? `${found.store.name.split("/").at(-1)}.cow` : name;
  const names = { image: cow, copy: `${basename(cow)}.repaired` };
  const plan = makePlan(json ? base : printable(base), facts, names, digest);
  if (level) plan.levels = plan.levels.filter((one) => one.level === level);
  if (found) for (const one of plan.levels) copyOutFirst(one, images, found.store.name, cow);
  process.stdout.write(json ? `${JSON.stringify(plan)}\n` : planText(plan, true));
  return codeOf(base, facts);
}

/** Of a store in a disk the COW device is copied out first: the plan's places count in that. */
function copyOutFirst(level: LevelPlan, disks: readonly string[], name: string, to: string): void {
  if (level.commands.length === 0) return;
  const [store, out, ...words] = [name, to, ...disks].map(shellQuote);
  level.commands.unshift(
    `[ ! -e ${out} ] && cowscope extract ${words.join(" ")} --store ${store} --out ${out}`,
  );
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
  { images, level, options, json }: RepairArguments,
  out: string,
  { name: image, source }: OpenedStore,
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
  await copyTo(new PatchedSource(source, found.patches), FileSink.open(out, images));
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
function refuse(problem: ImageProblem): number {
  complain(`cowscope: ${problemWords(problem)}`);
  return 1;
}
