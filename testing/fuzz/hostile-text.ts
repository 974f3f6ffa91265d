import type { Rng } from "../random.ts";

const NUMBERS = [
  "0",
  "-1",
  "1",
  "00",
  "1e9",
  "0x",
  "0xffffffffffffffff",
  "18446744073709551615",
  "18446744073709551616",
  "9007199254740993",
  "4294967296",
  "9".repeat(400),
  "NaN",
  "1.5",
  "",
];
const PIECES = [
  "\0",
  "\n",
  "\r\n",
  "\ufeff",
  "\ud800",
  '"',
  "'",
  "<",
  ">",
  "&#x41;",
  "&amp;",
  "&x;",
  "<!DOCTYPE a [<!ENTITY b 'c'>]>",
  "<![CDATA[",
  "{",
  "}",
  "[",
  "]",
  ",",
  "=",
  "#",
  "%",
  "%zz",
  "?",
  "&",
  "\\",
  "\t",
  "\u001b[31m",
];

/** A text with numbers, words and lines of it replaced, doubled, left out, cut off and mixed up. */
export function hostileText(text: string, rng: Rng): string {
  let hostile = text;
  for (let times = rng.between(1, 5); times > 0; times--) hostile = once(hostile, rng);
  return hostile;
}

function once(text: string, rng: Rng): string {
  const at = rng.below(text.length + 1);
  const until = Math.min(text.length, at + rng.between(1, 40));
  const without = () => text.slice(0, at) + text.slice(until);
  return rng.pick([
    () => replaceOne(text, /\d+/g, rng.pick(NUMBERS), rng),
    () => replaceOne(text, /\d+/g, String(rng.u64()), rng),
    () => replaceOne(text, /\w+/g, rng.pick(NUMBERS), rng),
    () => text.slice(0, at) + rng.pick(PIECES) + text.slice(at),
    without,
    () => text.slice(0, until) + text.slice(at),
    () => text.slice(0, at),
    () => {
      const from = rng.below(text.length + 1);
      return text.slice(0, at) + text.slice(from, from + rng.between(1, 200)) + text.slice(at);
    },
    () => {
      const lines = text.split("\n");
      const line = rng.below(lines.length);
      lines.splice(line, rng.below(3), ...(rng.chance(0.5) ? [rng.pick(lines)] : []));
      return lines.join("\n");
    },
    () => text.slice(0, at) + rng.pick(PIECES).repeat(rng.between(1, 2000)) + text.slice(at),
  ])();
}

function replaceOne(text: string, what: RegExp, by: string, rng: Rng): string {
  const found = [...text.matchAll(what)];
  if (found.length === 0) return text + by;
  const { index, 0: old } = rng.pick(found);
  return text.slice(0, index) + by + text.slice(index + old.length);
}
