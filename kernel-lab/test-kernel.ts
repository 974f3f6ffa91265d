import { rm } from "node:fs/promises";
import path from "node:path";
import { writeCase } from "./case-files.ts";
import { buildCase, type Case, planCase } from "./cases.ts";
import type { Activation } from "./job.ts";
import { Lab } from "./lab.ts";
import { type Options, parseOptions } from "./options.ts";
import { cowscopePrediction, oraclePrediction, type Prediction } from "./prediction.ts";
import { record } from "./record.ts";
import { reportDifferences } from "./report.ts";
import { LabError } from "./shell.ts";
import { kernelStores } from "./stores.ts";

// From the project's folder, where scripts/run-ts.mjs starts every program.
const BUILD = path.resolve("build/kernel-lab");
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
  console.log(`seed ${options.seed}`);
  const lab = await Lab.open(BUILD, GUEST);
  console.log(`asking Linux ${lab.release}`);
  const cases = await prepare(lab, options);
  // The predictions are made while the kernel boots.
  const [verdicts, predictions] = await Promise.all([
    lab.activate(cases.map(activation), (done) => console.log(`${done} of ${cases.length} asked`)),
    predict(cases),
  ]);
  const answered = cases.map((asked) => {
    const verdict = verdicts.get(`${asked.number}`);
    if (verdict === undefined) throw new LabError(`the kernel gave no answer to ${asked.number}`);
    return { asked, verdict, predictions: predictions.get(asked.number) ?? [] };
  });
  const failed = await reportDifferences(answered, options.seed, path.join(BUILD, "failed"));
  if (options.record !== null) await record(answered, options.seed, options.record);
  if (failed === 0 && !options.keep) await lab.clear();
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** Lets the kernel make the stores that these cases start from, and damages them. */
async function prepare(lab: Lab, { seed, numbers }: Options): Promise<Case[]> {
  const plans = numbers.map((number) => planCase(seed, number));
  const shapes = new Set(plans.flatMap(({ shape }) => shape ?? []));
  const made = await kernelStores(lab, [...shapes], seed);
  console.log(`${made.size} stores made by the kernel`);
  return plans.map((plan) => buildCase(plan, made));
}

const activation = (asked: Case): Activation => ({
  kind: "activate",
  id: `${asked.number}`,
  cow: asked.damage.bytes,
  origin: asked.base.origin,
  originSectors: asked.originSectors,
  tableChunk: asked.tableChunk,
  blockSize: asked.blockSize,
});

async function predict(cases: readonly Case[]): Promise<Map<number, Prediction[]>> {
  const predictions = new Map<number, Prediction[]>();
  const folder = path.join(BUILD, "asked");
  for (const asked of cases) {
    const { cow, origin } = await writeCase(asked, folder);
    const cowscope = await cowscopePrediction(asked, cow, origin);
    predictions.set(asked.number, [cowscope, oraclePrediction(asked)]);
  }
  await rm(folder, { recursive: true, force: true });
  return predictions;
}

process.exitCode = await main(process.argv.slice(2));
