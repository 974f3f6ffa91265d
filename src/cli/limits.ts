import { allShown } from "./image-names.ts";
import type { ImageProblem } from "./image-problem.ts";
import { UsageError } from "./usage.ts";

/** What one image may cost at the most; null: no limit. Plain data, so that a thread can be given it. */
export interface Limits {
  /** Read of it. */
  bytes: number | null;
  seconds: number | null;
  /** Listed in its JSON report. */
  findings: number | null;
}

export const NO_LIMITS: Limits = { bytes: null, seconds: null, findings: null };

export const LIMIT_FLAGS = ["max-bytes", "timeout", "max-findings"] as const;

/** As long as a timer can wait, in seconds. */
const LONGEST = 2_147_483;

/** @throws UsageError */
export function parseLimits(values: ReadonlyMap<string, string>): Limits {
  return {
    bytes: whole("max-bytes", values, 1),
    seconds: seconds(values.get("timeout")),
    findings: whole("max-findings", values, 0),
  };
}

function whole(flag: string, values: ReadonlyMap<string, string>, least: number): number | null {
  const text = values.get(flag);
  if (text === undefined) return null;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : -1;
  if (number >= least && Number.isSafeInteger(number)) return number;
  throw new UsageError(`--${flag} takes a whole number from ${least} on, not “${text}”`);
}

function seconds(text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = /^\d{1,7}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (number > 0 && number <= LONGEST) return number;
  throw new UsageError(`--timeout takes seconds, up to ${LONGEST}, not “${text}”`);
}

export function tooManyBytes(paths: readonly string[], most: number): ImageProblem {
  const names = allShown(paths);
  return {
    code: "limit.bytes",
    message: `More of ${names} would have to be read than was allowed`,
    where: names,
    expected: `at most ${most} bytes`,
    found: `--max-bytes ${most}`,
    todo: "Check it by itself, with a higher --max-bytes or none",
  };
}

export function tookTooLong(paths: readonly string[], most: number): ImageProblem {
  const names = allShown(paths);
  return {
    code: "limit.time",
    message: `${names} was not checked in the time that was allowed`,
    where: names,
    expected: `at most ${most} s`,
    found: `--timeout ${most}`,
    todo: "Check it by itself, with a longer --timeout or none",
  };
}
