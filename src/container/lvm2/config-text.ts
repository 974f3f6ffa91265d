import { shown, TextError, type Token, Tokens } from "./tokens.ts";

/** An integer is a bigint, as LVM keeps 64 bits of it. */
export type Scalar = bigint | number | string;
export type Value = Scalar | readonly Scalar[];

/** `name { … }`: its keys and the sections in it, in their order; none is left out. */
export interface Section {
  readonly name: string;
  readonly entries: ReadonlyMap<string, Value | Section>;
}

/** LVM's own texts go five deep. */
const MAX_DEPTH = 16;
/** A volume of one segment has two sections and fourteen values: thirty thousand of them. */
const MAX_SECTIONS = 1 << 16;
const MAX_VALUES = 1 << 19;

/** LVM's own keys and names have up to 127 of these; in messages they stand as they are. */
const KEY = /^[\w+./-]{1,128}$/;

const U64_MAX = (1n << 64n) - 1n;

export const isSection = (entry: Value | Section | undefined): entry is Section =>
  typeof entry === "object" && !Array.isArray(entry);

/**
 * LVM's text format: `key = value`, `key = [value, value]` and `name { … }`, over as many lines as
 * it likes (libdm-config.c). @throws TextError if it is none, or is too deep or too long to be one.
 */
export function parseConfigText(text: string): Section {
  return new Parser(text).parse();
}

interface OpenSection {
  name: string;
  entries: Map<string, Value | Section>;
}

class Parser {
  private readonly tokens: Tokens;
  private sections = 0;
  private values = 0;

  constructor(text: string) {
    this.tokens = new Tokens(text);
  }

  parse(): Section {
    const root: OpenSection = { name: "", entries: new Map() };
    const open = [root];
    for (let here = root; ; ) {
      const token = this.tokens.next();
      if (token.kind === "end") {
        if (open.length > 1) throw new TextError(`the section ${here.name} has no end`);
        return root;
      }
      if (token.kind === "}") {
        open.pop();
        const outer = open.at(-1);
        if (!outer) throw unexpected(token, "a key");
        here = outer;
        continue;
      }
      if (token.kind !== "word" && token.kind !== "string") throw unexpected(token, "a key");
      const after = this.tokens.next();
      if (after.kind === "=") this.add(here, token.text, this.value(), token);
      else if (after.kind === "{") {
        const inner: OpenSection = { name: token.text, entries: new Map() };
        this.add(here, token.text, inner, token);
        this.count(token, 1, 0);
        if (open.length >= MAX_DEPTH) throw tooMuch(token, `sections go ${MAX_DEPTH} deep`);
        open.push(inner);
        here = inner;
      } else throw unexpected(after, `= or { after ${shown(token.text)}`);
    }
  }

  private add(to: OpenSection, key: string, entry: Value | Section, { line }: Token): void {
    if (!KEY.test(key)) throw new TextError(`line ${line} has a key that is none: ${shown(key)}`);
    if (to.entries.has(key)) throw new TextError(`line ${line} says ${key} a second time`);
    to.entries.set(key, entry);
  }

  private value(): Value {
    const token = this.tokens.next();
    if (token.kind !== "[") return this.scalar(token);
    const list: Scalar[] = [];
    for (let item = this.tokens.next(); item.kind !== "]"; item = this.tokens.next()) {
      list.push(this.scalar(item));
      const after = this.tokens.next();
      if (after.kind === "]") break;
      if (after.kind !== ",") throw unexpected(after, ", or ]");
    }
    return list;
  }

  private scalar(token: Token): Scalar {
    this.count(token, 0, 1);
    if (token.kind === "string") return token.text;
    if (token.kind !== "word") throw unexpected(token, "a value");
    const { text, line } = token;
    if (/^[+-]?\d{1,20}$/.test(text)) {
      const value = BigInt(text);
      if (value <= U64_MAX) return value;
    }
    if (/^[+-]?\d+$/.test(text)) throw new TextError(`the number in line ${line} is too large`);
    if (/^[+-]?\d*\.\d*$/.test(text)) return Number(text);
    return text;
  }

  private count(token: Token, sections: number, values: number): void {
    this.sections += sections;
    this.values += values;
    if (this.sections > MAX_SECTIONS) throw tooMuch(token, `${MAX_SECTIONS} sections`);
    if (this.values > MAX_VALUES) throw tooMuch(token, `${MAX_VALUES} values`);
  }
}

function unexpected(token: Token, expected: string): TextError {
  const found = "text" in token ? shown(token.text) : token.kind;
  const what = token.kind === "end" ? "it ends" : `there is ${found}`;
  return new TextError(`in line ${token.line} ${what} where ${expected} should be`);
}

function tooMuch({ line }: Token, bound: string): TextError {
  return new TextError(`up to line ${line} it holds more than any volume group: ${bound}`);
}
