import { rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { writeCase } from "./case-files.ts";
import { buildCase, type Case, planCase } from "./cases.ts";
import type { Activation } from "./job.ts";
import { labKernel } from "./kernels.ts";
import { Lab } from "./lab.ts";
import { type Options, parseOptions } from "./options.ts";
import type { Prediction } from "./prediction.ts";
import { MERGE, type Question, READ } from "./questions.ts";
import { record } from "./record.ts";
import { recordMerges } from "./record-merges.ts";
import { repairedCase } from "./repaired.ts";
import { reportDifferences } from "./report.ts";
import { LabError } from "./shell.ts";
import { kernelStores } from "./stores.ts";

// From the project's folder, where scripts/run-ts.mjs starts every program.
const BUILD = path.resolve("build/kernel-lab");
/** Kernels are large: every checkout of this user takes them from here. */
const CACHE = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"),
  "cowscope/kernel-lab",
);
const GUEST = path.resolve("kernel-lab/guest");

/** 0: cowscope and the kernel agree · 1: they do not · 2: the kernel could not be asked. */
async function main(args: readonly string[]): Promise<number> {
  try {
    return await testKernel(parseOptions(args));
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    console.error(`test:kernel: ${error.message}`);
    return 2;
  }
}

async function testKernel(options: Options): Promise<number> {
  const places = { folder: BUILD, cache: CACHE, guestSources: GUEST };
  const lab = await Lab.open(labKernel(options.kernel), places);
  const { release } = lab;
  console.log(`asking Linux ${release}, seed ${options.seed}`);
  const prepared = await prepare(lab, options);
  const cases = prepared.map(({ asked }) => asked);
  const planned = new Map(prepared.map(({ asked, planned }) => [asked, planned]));
  const question = options.merge ? MERGE : READ;
  const foretold = new Map(cases.map((asked) => [asked, question.oracle(asked, release)]));
  const kills = (asked: Case) => Number(foretold.get(asked)?.kernel.crash != null);
  // Those that should kill their process come last: what an oops leaves behind can harm no other.
  const order = cases.toSorted((a, b) => kills(a) - kills(b));
  // The command's predictions are made while the kernel boots.
  const [verdicts, predictions] = await Promise.all([
    lab.activate(order.map(jobOf(question)), (done) =>
      console.log(`${done} of ${cases.length} asked`),
    ),
    predict(cases, question, release),
  ]);
  const answered = cases.map((asked) => {
    const verdict = verdicts.get(`${asked.number}`);
    if (verdict === undefined) throw new LabError(`the kernel gave no answer to ${asked.number}`);
    const all = [predictions.get(asked), foretold.get(asked), planned.get(asked)];
    const said = all.filter((one) => one !== undefined && one !== null);
    return { asked, verdict, predictions: said };
  });
  const failed = await reportDifferences(answered, options, path.join(BUILD, "failed"));
  if (options.record !== null) {
    if (options.merge) await recordMerges(answered, release, options, options.record);
    else await record(answered, options.seed, options.record);
  }
  if (failed === 0 && !options.keep) await lab.clear();
  const agreed = cases.length - failed;
  console.log(`Linux ${release}, seed ${options.seed}: ${agreed} of ${cases.length} agree`);
  console.log(`${agreed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** A case, and what the plan of its repair foretold. */
interface Prepared {
  asked: Case;
  planned: Prediction | null;
}

/** Lets the kernel make the stores that these cases start from, damages them, and perhaps mends them. */
async function prepare(lab: Lab, { seed, numbers, repair }: Options): Promise<Prepared[]> {
  const plans = numbers.map((number) => planCase(seed, number));
  const shapes = new Set(plans.flatMap(({ shape }) => shape ?? []));
  const made = await kernelStores(lab, [...shapes], seed);
  console.log(`${made.size} stores made by the kernel`);
  if (!repair) return plans.map((plan) => ({ asked: buildCase(plan, made), planned: null }));
  const mended: Prepared[] = [];
  const folder = path.join(BUILD, "mended");
  for (const plan of plans) mended.push(await repairedCase(plan, made, lab.release, folder));
  console.log(`${mended.length} stores mended`);
  return mended;
}

const jobOf =
  ({ kind }: Question) =>
  (asked: Case): Activation => ({
    kind,
    id: `${asked.number}`,
    cow: asked.damage.bytes,
    origin: asked.base.origin,
    originSectors: asked.originSectors,
    tableChunk: asked.tableChunk,
    blockSize: asked.blockSize,
  });

async function predict(
  cases: readonly Case[],
  question: Question,
  release: string,
): Promise<Map<Case, Prediction>> {
  const predictions = new Map<Case, Prediction>();
  const folder = path.join(BUILD, "asked");
  for (const asked of cases) {
    const files = await writeCase(asked, folder);
    predictions.set(asked, await question.cowscope(asked, files, release));
  }
  await rm(folder, { recursive: true, force: true });
  return predictions;
}

process.exitCode = await main(process.argv.slice(2));
