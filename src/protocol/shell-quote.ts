/** What a shell reads as it stands: letters, digits, and what means nothing to it. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * A word as a shell (bash, zsh, ksh) reads it back: plain where it can be, else between quotes;
 * control characters as `$'\n'`. A dash in front is kept from looking like an option by its caller.
 */
export function shellQuote(word: string): string {
  if (PLAIN.test(word)) return word;
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(word)) return `$'${escaped(word)}'`;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function escaped(word: string): string {
  return word.replace(/[\\'\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => {
    if (one === "\\" || one === "'") return `\\${one}`;
    const code = one.codePointAt(0) ?? 0;
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
    return code < 0x1_0000
      ? `\\u${code.toString(16).padStart(4, "0")}`
      : `\\U${code.toString(16).padStart(8, "0")}`;
  });
}
