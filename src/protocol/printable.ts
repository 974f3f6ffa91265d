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
