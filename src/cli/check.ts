import { type ImageAnswer, tell } from "./answers.ts";
import { type CheckCall, checkOne } from "./check-image.ts";
import { type CheckArguments, parseCheckArguments } from "./check-options.ts";
import { checkOnThreads } from "./check-threads.ts";
import { worstExit } from "./exit-code.ts";
import { namedImages } from "./files-from.ts";
import { defaultJobs } from "./jobs.ts";
import { loadCore } from "./load-core.ts";
import { inShard } from "./shard.ts";
import { coloured } from "./terminal.ts";
import { TicketBook } from "./ticket-book.ts";
import { UsageError } from "./usage.ts";

/**
 * `cowscope check`: every image in the order given; the exit code is the worst of them, or 0 as soon
 * as all is said, for what only repeats a call that broke off.
 */
export async function checkCommand(args: string[]): Promise<number> {
  const asked = parseCheckArguments(args);
  const { filesFrom, exit, format } = asked;
  const images = [...asked.images, ...(filesFrom === null ? [] : await namedImages(filesFrom))];
  // A share of a list can be empty.
  if (images.length === 0 && exit === "verdict")
    throw new UsageError(`${filesFrom} names no image`);
  const book = format === "markdown" || format === "html" ? new TicketBook(format, images) : null;
  const codes: number[] = [];
  for await (const answer of answers(images, asked)) {
    tell(book ? book.take(answer) : answer);
    codes.push(answer.code);
  }
  if (book) process.stdout.write(book.text());
  return exit === "checked" ? 0 : worstExit(codes);
}

/** In the order of the images, each as soon as it and those before it are there. */
async function* answers(
  images: readonly string[],
  { options, format, jobs, store, partial, mapfile, limits, shard }: CheckArguments,
): AsyncGenerator<ImageAnswer> {
  // A document is made of the same reports as the lines of JSON.
  const shape = { json: format !== "text", colour: coloured() };
  const call: CheckCall = { options, shape, partial, mapfile, images, store, limits };
  const compiled = await loadCore();
  // All images are one where one store of them is asked for.
  const own = store === null ? inShard(images, shard) : images.slice(0, 1);
  const threads = Math.min(jobs ?? defaultJobs(own), own.length);
  // Only from outside a check can be ended whatever it does.
  if (threads > 1 || (threads === 1 && limits.seconds !== null)) {
    yield* checkOnThreads(own, { compiled, call }, threads);
    return;
  }
  for (const path of own) yield* checkOne(compiled, path, call);
}
