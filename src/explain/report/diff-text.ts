import type { DiffKind, DiffReport } from "../../protocol/diff.ts";
import { bytesWords, plural } from "../words.ts";

/** Runs that people are shown; programs get all of them. */
const MOST_RUNS = 40;

const KINDS: Record<DiffKind, string> = {
  same: "mapped the same in both",
  different: "mapped elsewhere",
  left_only: "only in the first",
  right_only: "only in the second",
};

/** The comparison for people: what is the same first, then header, chunks, runs. */
export function diffText(report: DiffReport): string {
  const { left, right, header, chunks, runs, beginning, same } = report;
  const sides = [left, right].map(
    ({ name, bytes, exceptions, duplicates }) =>
      `${name}: ${bytesWords(BigInt(bytes))}, ${plural(BigInt(exceptions), "exception")}${duplicates === "0" ? "" : `, ${duplicates} of them for a chunk that has one already`}`,
  );
  if (same)
    return [...sides, "Same header, same size, and every chunk is mapped the same.", ""].join("\n");
  return [
    ...sides,
    ...header.map(
      (one) => `header ${one.field}: ${one.left} in the first, ${one.right} in the second`,
    ),
    ...(left.chunkSize === right.chunkSize
      ? Object.entries(KINDS).map(([kind, words]) => `${chunkCount(chunks, kind)} ${words}`)
      : [
          `The first has chunks of ${left.chunkSize} sectors, the second of ${right.chunkSize}: their mappings cannot be compared.`,
        ]),
    ...(beginning === null ? [] : [beginningWords(beginning)]),
    ...runs
      .filter(({ kind }) => kind !== "same")
      .slice(0, MOST_RUNS)
      .map(({ kind, begin, length }) => `  ${kind.padEnd(10)} ${range(begin, length)}`),
    ...more(report),
    "",
  ].join("\n");
}

function chunkCount(chunks: DiffReport["chunks"], kind: string): string {
  const [, count = "0"] = Object.entries(chunks).find(([name]) => name === kind) ?? [];
  return plural(BigInt(count), "origin chunk");
}

/** @param names what the two sides are called. */
export function beginningWords(
  { side, exceptions, of }: NonNullable<DiffReport["beginning"]>,
  [left, right] = ["first", "second"],
): string {
  const [short, long] = side === "left" ? [left, right] : [right, left];
  return `The ${short} holds the first ${exceptions} of the ${of} exceptions of the ${long}: the ${long} is later, or the ${short} is being merged.`;
}

function range(begin: string, length: string): string {
  const last = BigInt(begin) + BigInt(length) - 1n;
  return length === "1" ? `origin chunk ${begin}` : `origin chunks ${begin}–${last}`;
}

function more({ runs, unlisted }: DiffReport): string[] {
  const differing = runs.filter(({ kind }) => kind !== "same").length;
  const left = BigInt(Math.max(0, differing - MOST_RUNS)) + BigInt(unlisted);
  return left === 0n ? [] : [`  … and ${plural(left, "run")} more`];
}
