import { printable, printableLines } from "../protocol/printable.ts";

export { printable, printableLines };

/** One sentence on stderr, on one line whatever it names. */
export function complain(sentence: string): void {
  process.stderr.write(`${printable(sentence)}\n`);
}

/**
 * What becomes of a run whose output nobody takes: a reader that went away (`| head`) ends it
 * without a word, a full disk with a sentence; never a stack trace. Both end with 1, because what
 * was asked for could not all be told.
 */
export function endWithOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(outputFailed(error)));
  process.stderr.on("error", () => process.exit(1));
}

/** @returns the exit code. */
export function outputFailed(error: NodeJS.ErrnoException): number {
  if (error.code !== "EPIPE")
    complain(`cowscope: the output could not be written: ${error.message}`);
  return 1;
}

/** Whether the text may be coloured (https://no-color.org). */
export function coloured(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}
