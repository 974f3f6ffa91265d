import { failure, type Result, success } from "../../protocol/problem.ts";
import {
  AREAS_ENDINGS,
  HEADER_ENDINGS,
  type HeaderWords,
  type RaceEnding,
  TRACES,
} from "../../protocol/race.ts";
import type { Core } from "../core.ts";

const PAIRS = HEADER_ENDINGS.flatMap((header) =>
  AREAS_ENDINGS.map((areas) => `${header} + ${areas}` as const),
);
/** Everything that can be asked for by name. */
export const ENDINGS: readonly RaceEnding[] = [
  ...HEADER_ENDINGS,
  ...AREAS_ENDINGS,
  ...PAIRS,
  ...TRACES,
];

export function parseEnding(name: string): Result<RaceEnding> {
  const ending = ENDINGS.find((one) => one === name.trim().replace(/\s*\+\s*/, " + "));
  if (ending) return success(ending);
  const names = [...HEADER_ENDINGS, ...AREAS_ENDINGS, ...TRACES].join(", ");
  return failure({
    code: "option.bad",
    message: `No schedule ends as “${name}”`,
    where: "the name of an ending",
    expected: `one of ${names}, or a pair like “invalidated + kept”`,
    found: name,
    todo: "Choose one of these",
  });
}

/** An ending by name, or one exact header. */
export type Wanted = RaceEnding | HeaderWords;

/** Tells the core which endings the next questions are about. */
export function want(core: Core, wanted: Wanted): void {
  if (typeof wanted !== "string") {
    core.race_want_header(...wanted);
    return;
  }
  const trace = (TRACES as readonly string[]).indexOf(wanted);
  if (trace >= 0) {
    core.race_want_trace(trace);
    return;
  }
  const parts = wanted.split(" + ");
  const place = (names: readonly string[]) => {
    const at = names.findIndex((name) => parts.includes(name));
    return at < 0 ? core.race_any() : at;
  };
  core.race_want_outcome(place(HEADER_ENDINGS), place(AREAS_ENDINGS));
}
