/** A token of LVM's text format; `line` is where it begins, the first being 1. */
export type Token = { line: number } & (
  | { kind: "word" | "string"; text: string }
  | { kind: "{" | "}" | "[" | "]" | "=" | "," | "end" }
);

/** The text is none: what is wrong with it, and in which line. */
export class TextError extends Error {
  override readonly name = "TextError";
}

/** As it may be shown in a sentence: what is no plain letter becomes a "?", and it is not long. */
export function shown(text: string): string {
  const plain = text.slice(0, 127).replaceAll(/[^\x20-\x7e]/g, "?");
  return text.length > 127 ? `${plain}…` : plain;
}

const PUNCTUATION = ["{", "}", "[", "]", "=", ","] as const;

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const HASH = 0x23;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

const SPACE = 1;
const MARK = 2;
/** LVM's own strings are names, flags and the command that was run. */
const MAX_STRING = 1 << 16;

/** What a character below 128 is, apart from a part of a word; by its code, for the speed of it. */
const KINDS = new Uint8Array(128);
for (const char of " \t\n\r\v\f") KINDS[char.charCodeAt(0)] = SPACE;
for (const char of PUNCTUATION) KINDS[char.charCodeAt(0)] = MARK;

/** Cuts the text into tokens (libdm-config.c, _get_token). A NUL ends it, as it does in C. */
export class Tokens {
  private readonly end: number;
  private at = 0;
  private line = 1;

  constructor(private readonly text: string) {
    const nul = text.indexOf("\0");
    this.end = nul < 0 ? text.length : nul;
  }

  /** @throws TextError for a string without an end, or too far from it. */
  next(): Token {
    this.skip();
    const { line, at, text } = this;
    if (at >= this.end) return { kind: "end", line };
    const code = text.charCodeAt(at);
    if (KINDS[code] === MARK) {
      this.at += 1;
      const kind = PUNCTUATION.find((mark) => mark === text[at]);
      if (kind) return { kind, line };
    }
    if (code === QUOTE || code === APOSTROPHE) {
      return { kind: "string", text: this.quoted(code), line };
    }
    return { kind: "word", text: this.word(), line };
  }

  private skip(): void {
    for (; this.at < this.end; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === HASH) {
        const newline = this.text.indexOf("\n", this.at);
        this.at = newline < 0 || newline > this.end ? this.end : newline;
        this.line += 1;
      } else if (KINDS[code] !== SPACE) return;
      else if (code === NEWLINE) this.line += 1;
    }
  }

  private word(): string {
    const start = this.at;
    for (; this.at < this.end; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if ((KINDS[code] ?? 0) !== 0 || code === HASH || code === QUOTE) break;
    }
    return this.text.slice(start, this.at);
  }

  /** What stands between two quotes; only in "…" does a backslash take the next as it is. */
  private quoted(quote: number): string {
    const begin = this.line;
    const parts: string[] = [];
    this.at += 1;
    let start = this.at;
    const end = Math.min(this.end, start + MAX_STRING);
    for (; this.at < end; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === quote) {
        parts.push(this.text.slice(start, this.at));
        this.at += 1;
        return parts.join("");
      }
      if (code === NEWLINE) this.line += 1;
      if (code === BACKSLASH && quote === QUOTE) {
        parts.push(this.text.slice(start, this.at));
        this.at += 1;
        start = this.at;
      }
    }
    const amiss = this.at < this.end ? "is too long" : "has no end";
    throw new TextError(`the string that begins in line ${begin} ${amiss}`);
  }
}
