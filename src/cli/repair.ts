import { createHash } from "node:crypto";
import { GO_ON } from "../engine/read/check-hooks.ts";
import { planRepair } from "../engine/repair/plan-repair.ts";
import { makePlan } from "../explain/repair/plan.ts";
import { copyText, nextText, planText } from "../explain/repair/plan-text.ts";
import { copyOf } from "../explain/repair/whence.ts";
import { makeReport } from "../explain/report/report.ts";
import type {
  LevelFacts,
  LevelPlan,
  RepairFacts,
  RepairObstacle,
  RepairPlan,
} from "../protocol/repair.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { expectBefore, PatchedSource } from "../source/patched-source.ts";
import { copyTo } from "../source/sink/copy.ts";
import { SinkError } from "../source/sink/sink.ts";
import { tell } from "./answers.ts";
import { CHECK_ALL, checkImage } from "./check-image.ts";
import { exitCode } from "./exit-code.ts";
import { expectData } from "./found-store.ts";
import { ImageError, problemWords } from "./image-problem.ts";
import { loadCore } from "./load-core.ts";
import { type OpenFiles, withFiles } from "./open-files.ts";
import { type OpenedStore, openStore } from "./opened-store.ts";
import { parseRepairArguments, type RepairArguments } from "./repair-options.ts";
import { whenceOf } from "./repair-whence.ts";
import { coloured, complain, printableLines } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope repair`: a plan, or with --out a repaired copy and its report. Inputs are only read. */
export async function repairCommand(args: string[]): Promise<number> {
  const asked = parseRepairArguments(args);
  try {
    return await withFiles(asked.images, (files) => repair(files, asked), asked.mapfile);
  } catch (error) {
    if (error instanceof SinkError) throw outUnusable(asked.out, error);
    if (!(error instanceof ImageError)) throw error;
    complain(`cowscope: ${problemWords(error.problem)}`);
    return 1;
  }
}

async function repair(files: OpenFiles, asked: RepairArguments): Promise<number> {
  const compiled = await loadCore();
  const opened = await openStore(files, compiled, asked);
  const { source, options, found } = opened;
  if (found && asked.out !== null) expectData(found.store);
  const facts = await planRepair(compiled, source, options, GO_ON);
  if (!facts) throw new Error("a plan that nobody cancelled was cancelled");
  files.assertUnchanged();
  const store: Planned = { ...opened, facts };
  if (asked.out === null) return printPlan(asked, await planOf(files, store, null), facts);
  return writeCopy(compiled, asked, asked.out, files, store);
}

interface Planned extends OpenedStore {
  facts: RepairFacts;
}

/** @param out the copy; null: a name of its own. */
async function planOf(files: OpenFiles, store: Planned, out: string | null): Promise<RepairPlan> {
  const { reportName, setting, found, facts } = store;
  const copy = out ?? copyOf(found ? found.store.name : reportName);
  const from = await whenceOf(files, store);
  return makePlan(reportName, facts, { from, copy }, digest, setting);
}

/** The exit code is that of the image as it stands. */
function printPlan({ level, json }: RepairArguments, plan: RepairPlan, facts: RepairFacts): number {
  const shown = level
    ? { ...plan, levels: plan.levels.filter((one) => one.level === level) }
    : plan;
  if (json) process.stdout.write(`${JSON.stringify(shown)}\n`);
  else process.stdout.write(printableLines(planText(shown, true)));
  return codeOf(facts);
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const codeOf = ({ now }: RepairFacts): number => exitCode(makeReport("", now));

/** What is asked for is there already: the copy is then the store as it is. */
const NOTHING_TO_DO: readonly (RepairObstacle | null)[] = [
  "activates",
  "invalid-already",
  "header-right",
  "table-right",
];

/** Of a store inside of disks the copy is the store alone, as `extract` would write it. */
async function writeCopy(
  compiled: WebAssembly.Module,
  { level, json }: RepairArguments,
  out: string,
  files: OpenFiles,
  store: Planned,
): Promise<number> {
  const { facts, source, options, name } = store;
  const found = facts.levels.find((one) => one.level === level);
  if (!found) throw new Error(`no level is called ${level}`);
  const plan = levelIn(await planOf(files, store, out), found);
  if (found.obstacle !== null && !NOTHING_TO_DO.includes(found.obstacle)) {
    complain(`cowscope: ${name}: nothing was written. ${plan.why}`);
    return codeOf(facts);
  }
  await expectBefore(source, found.patches);
  await copyTo(new PatchedSource(source, found.patches), FileSink.open(out, files.inputs));
  if (found.obstacle !== null)
    complain(`cowscope: ${out} is a copy of ${name} as it is. ${plan.why}`);
  // The copy's own report cannot know what was lost on the way to it.
  const cost = printableLines(copyText(out, plan));
  if (cost !== "") (json ? process.stderr : process.stdout).write(cost);
  const shape = { json, colour: coloured() };
  const call = { ...CHECK_ALL, options, shape, images: [out] };
  let code = 1;
  for await (const answer of checkImage(compiled, out, call)) {
    tell(answer);
    code = answer.code;
  }
  if (!json) process.stdout.write(printableLines(nextText(plan)));
  return code;
}

function levelIn({ levels }: RepairPlan, { level }: LevelFacts): LevelPlan {
  const found = levels.find((one) => one.level === level);
  if (!found) throw new Error(`the plan has no level ${level}`);
  return found;
}

function outUnusable(out: string | null, error: SinkError): UsageError {
  return new UsageError(
    error.kind === "input"
      ? `--out ${out} is an input: ${error.message}`
      : `--out ${out} could not be written: ${error.message}`,
  );
}
