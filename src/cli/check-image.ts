import type { Machine } from "../container/find.ts";
import { checkToTheEnd } from "../engine/check/check.ts";
import { emptyImage } from "../engine/problems.ts";
import { makeReport } from "../explain/report/report.ts";
import type { CheckOptions } from "../protocol/check.ts";
import type { StoreFacts } from "../protocol/facts.ts";
import { checkOptionsOf, imageName, settingOf } from "../protocol/found-store.ts";
import type { FoundStore } from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";
import {
  type ImageAnswer,
  noteAnswer,
  problemAnswer,
  reportAnswer,
  type Shape,
} from "./answers.ts";
import { incomplete, partlyThere } from "./found-store.ts";
import { gapsOf, gapWords } from "./gaps.ts";
import { allShown, nameOf, shown } from "./image-names.ts";
import { ImageError } from "./image-problem.ts";
import { type Limits, NO_LIMITS } from "./limits.ts";
import { layersIn, machineIn } from "./machine.ts";
import { OpenFiles } from "./open-files.ts";
import { noStore, pickStore } from "./store-names.ts";
import { printable } from "./terminal.ts";
import { withWorst } from "./worst-findings.ts";

/** How images are checked. Plain data, so that a thread can be given it. */
export interface CheckCall {
  options: CheckOptions;
  shape: Shape;
  /** Whether what is cut off or incomplete is read as far as it is there. */
  partial: boolean;
  /** ddrescue's, of the first image. */
  mapfile: string | null;
  /** All images of the call: a disk may be made of several of them. */
  images: readonly string[];
  /** The one that is asked for, of the machine that all images are of; null: every one of each image. */
  store: string | null;
  limits: Limits;
}

/** Every store of each image, as far as it takes. */
export const CHECK_ALL = {
  partial: false,
  mapfile: null,
  images: [],
  store: null,
  limits: NO_LIMITS,
} as const;

/** What a call says of one image; of all images where it asks for one store. */
export function checkOne(
  compiled: WebAssembly.Module,
  path: string,
  call: CheckCall,
): AsyncGenerator<ImageAnswer> {
  const { store, images } = call;
  return store === null
    ? checkImage(compiled, path, call)
    : checkPicked(compiled, images, store, call);
}

/** How a line names what one image of the call stands for. */
export function calledName(path: string, { store, images }: CheckCall): string {
  return store === null ? nameOf(path) : images.map(nameOf).join(" + ");
}

/** Checks every store of an image; never throws for anything that an image or a path can be. */
export async function* checkImage(
  compiled: WebAssembly.Module,
  path: string,
  call: CheckCall,
): AsyncGenerator<ImageAnswer> {
  let files: OpenFiles | null = null;
  try {
    files = await OpenFiles.open([path], call.images, call.limits.bytes, call.mapfile);
    const [source] = files.sources;
    if (!source || source.size === 0) throw new ImageError(emptyImage(shown(path)));
    const machine = await layersIn(files, compiled, call.partial);
    if (!machine) {
      yield await checkBare(compiled, source, path, call);
      return;
    }
    const { stores, problems } = machine.tree;
    if (stores.length === 0) throw new ImageError(noStore(problems, shown(path)));
    for (const problem of problems) yield noteAnswer(problem);
    for (const store of stores) yield await checkFound(compiled, machine, store, call);
  } catch (error) {
    yield problemAnswer(nameOf(path), ImageError.of(error, shown(path)).problem, call.shape);
  } finally {
    files?.close();
  }
}

/** Checks one store of the machine that all files belong to; never throws, as above. */
async function* checkPicked(
  compiled: WebAssembly.Module,
  paths: readonly string[],
  asked: string,
  call: CheckCall,
): AsyncGenerator<ImageAnswer> {
  const names = allShown(paths);
  let files: OpenFiles | null = null;
  try {
    files = await OpenFiles.open(paths, [], call.limits.bytes, call.mapfile);
    const machine = await machineIn(files, compiled, call.partial);
    const store = pickStore(machine.tree, asked, names);
    for (const problem of machine.tree.problems) yield noteAnswer(problem);
    yield await checkFound(compiled, machine, store, call);
  } catch (error) {
    const { problem } = ImageError.of(error, names);
    yield problemAnswer(calledName("", call), problem, call.shape);
  } finally {
    files?.close();
  }
}

async function checkBare(
  compiled: WebAssembly.Module,
  source: BlockSource,
  path: string,
  { options, shape, limits, mapfile }: CheckCall,
): Promise<ImageAnswer> {
  const facts = await factsOf(compiled, source, options);
  const report = makeReport(nameFor(nameOf(path), shape), facts);
  const told = shape.json ? withWorst(report, limits.findings) : report;
  const answer = reportAnswer(shown(path), told, shape);
  if (mapfile === null || answer.complaint !== "") return answer;
  const gaps = await gapsOf(source);
  const complaint = `cowscope: ${shown(path)} is not all there (${gapWords(gaps)}): what was read of it is judged.`;
  return gaps.length === 0 ? answer : { ...answer, complaint };
}

async function checkFound(
  compiled: WebAssembly.Module,
  { sources }: Machine,
  store: FoundStore,
  { options, shape, limits }: CheckCall,
): Promise<ImageAnswer> {
  const name = imageName(store);
  try {
    const source = sources.get(store.node);
    if (!source) throw new ImageError(incomplete(store));
    const facts = await factsOf(compiled, source, checkOptionsOf(store, options));
    const report = makeReport(nameFor(name, shape), facts, settingOf(store));
    const answer = reportAnswer(
      name,
      shape.json ? withWorst(report, limits.findings) : report,
      shape,
    );
    return store.complete ? answer : { ...answer, complaint: `cowscope: ${partlyThere(store)}` };
  } catch (error) {
    const { problem } = ImageError.of(error, name);
    const missing = problem.code === "image.hole" && !store.complete;
    return problemAnswer(name, missing ? incomplete(store) : problem, shape);
  }
}

/** Whatever a report's text names the image by must not act on a terminal; JSON stays exact. */
const nameFor = (name: string, { json }: Shape): string => (json ? name : printable(name));

/** @throws SourceError, TableTooLarge */
async function factsOf(
  compiled: WebAssembly.Module,
  source: BlockSource,
  options: CheckOptions,
): Promise<StoreFacts> {
  const { facts } = await checkToTheEnd(compiled, source, options, false);
  source.assertUnchanged?.();
  return facts;
}
