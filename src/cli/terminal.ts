/**
 * A text that people read, made safe for a terminal: control characters (which move the cursor,
 * colour, or clear), format characters (which turn the direction of writing round or are not seen),
 * line breaks and halves of surrogate pairs are written as escapes. File names can hold them all.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (one) => {
    const code = one.codePointAt(0) ?? 0;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
    return code < 0x10000
      ? `\\u${code.toString(16).padStart(4, "0")}`
      : `\\u{${code.toString(16)}}`;
  });
}

/** The same line by line: line breaks stay. */
export const printableLines = (text: string): string => text.split("\n").map(printable).join("\n");

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
