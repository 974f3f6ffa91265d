/** A token of LVM's text format; `line` is where it begins, the first being 1. */
export type Token = { line: number } & (
  | { kind: "word" | "string"; text: string }
  | { kind: "{" | "}" | "[" | "]" | "=" | "," | "end" }
);

/** The text is none: what is wrong with it, and in which line. */
export class TextError extends Error {
  override readonly name = "TextError";
}

const PUNCTUATION = new Set(["{", "}", "[", "]", "=", ","] as const);
type Punctuation = typeof PUNCTUATION extends Set<infer T> ? T : never;

const isPunctuation = (char: string): char is Punctuation =>
  (PUNCTUATION as ReadonlySet<string>).has(char);

const SPACE = new Set([" ", "\t", "\n", "\r", "\v", "\f"]);

/** Cuts the text into tokens (libdm-config.c, _get_token). A NUL ends it, as it does in C. */
export class Tokens {
  private at = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  /** @throws TextError for a string without an end. */
  next(): Token {
    this.skip();
    const { line } = this;
    const char = this.char();
    if (char === "") return { kind: "end", line };
    if (isPunctuation(char)) {
      this.at += 1;
      return { kind: char, line };
    }
    if (char === '"' || char === "'") return { kind: "string", text: this.quoted(char), line };
    return { kind: "word", text: this.word(), line };
  }

  /** "" at the end. */
  private char(): string {
    const char = this.text.charAt(this.at);
    return char === "\0" ? "" : char;
  }

  private skip(): void {
    for (let char = this.char(); char !== ""; char = this.char()) {
      if (char === "\n") this.line += 1;
      if (char === "#") {
        const end = this.text.indexOf("\n", this.at);
        this.at = end < 0 ? this.text.length : end;
      } else if (SPACE.has(char)) this.at += 1;
      else return;
    }
  }

  private word(): string {
    const start = this.at;
    for (let char = this.char(); char !== ""; char = this.char()) {
      if (SPACE.has(char) || isPunctuation(char) || char === "#" || char === '"') break;
      this.at += 1;
    }
    return this.text.slice(start, this.at);
  }

  /** What stands between two `quote`s; only in "…" does a backslash take the next as it is. */
  private quoted(quote: string): string {
    const begin = this.line;
    const parts: string[] = [];
    this.at += 1;
    let start = this.at;
    for (let char = this.char(); char !== ""; char = this.char()) {
      if (char === quote) {
        parts.push(this.text.slice(start, this.at));
        this.at += 1;
        return parts.join("");
      }
      if (char === "\n") this.line += 1;
      if (char === "\\" && quote === '"') {
        parts.push(this.text.slice(start, this.at));
        this.at += 1;
        start = this.at;
        if (this.char() === "") break;
      }
      this.at += 1;
    }
    throw new TextError(`the string that begins in line ${begin} has no end`);
  }
}
