import { type ImageAnswer, tell } from "./answers.ts";
import { type CheckCall, checkImage, checkPicked } from "./check-image.ts";
import { type CheckArguments, parseCheckArguments } from "./check-options.ts";
import { checkOnThreads } from "./check-threads.ts";
import { worstExit } from "./exit-code.ts";
import { namedImages } from "./files-from.ts";
import { defaultJobs } from "./jobs.ts";
import { loadCore } from "./load-core.ts";
import { coloured } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope check`: every image in the order given; the exit code is the worst of them. */
export async function checkCommand(args: string[]): Promise<number> {
  const asked = parseCheckArguments(args);
  const { filesFrom } = asked;
  const images = [...asked.images, ...(filesFrom === null ? [] : await namedImages(filesFrom))];
  if (images.length === 0) throw new UsageError(`${filesFrom} names no image`);
  const codes: number[] = [];
  for await (const answer of answers(images, asked)) {
    tell(answer);
    codes.push(answer.code);
  }
  return worstExit(codes);
}

/** In the order of the images, each as soon as it and those before it are there. */
async function* answers(
  images: readonly string[],
  { options, json, jobs, store, partial }: CheckArguments,
): AsyncGenerator<ImageAnswer> {
  const call: CheckCall = { options, shape: { json, colour: coloured() }, partial, images };
  const compiled = await loadCore();
  if (store !== null) {
    yield* checkPicked(compiled, images, store, call);
    return;
  }
  const threads = Math.min(jobs ?? defaultJobs(images), images.length);
  if (threads > 1) {
    yield* checkOnThreads(images, { compiled, call }, threads);
    return;
  }
  for (const path of images) yield* checkImage(compiled, path, call);
}
