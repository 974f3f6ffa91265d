import type { Severity } from "../../protocol/finding.ts";
import type { AreasEnding, HeaderEnding, RaceFrame } from "../../protocol/race.ts";
import { AREAS_ENDING_WORDS, HEADER_ENDING_WORDS } from "./race-endings.ts";

/** What a reboot would meet. */
export interface RebootWords {
  severity: Severity;
  title: string;
  /** What kernels up to 2.6.31 and later ones make of it, in sentences. */
  kernels: string;
  /** What has become of the areas, where it is not what should be. */
  areas: string | null;
}

export const HEADER_ENDING_SEVERITY: Record<HeaderEnding, Severity> = {
  invalidated: "ok",
  "zero-chunk-size": "fatal",
  "new-snapshot": "fatal",
  "still-valid": "fatal",
  "corrupt-magic": "problem",
  "wrong-version": "problem",
  "wrong-chunk-size": "problem",
};

export const AREAS_ENDING_SEVERITY: Record<AreasEnding, Severity> = {
  kept: "ok",
  "exceptions-lost": "problem",
  "header-in-area": "problem",
};

/**
 * The bottom line of the replay: if the machine rebooted now.
 * @param headerWritten whether any word of chunk 0 has been written since the start.
 */
export function rebootNow(frame: RaceFrame, headerWritten: boolean): RebootWords {
  const areas = frame.areas === "kept" ? null : AREAS_ENDING_WORDS[frame.areas];
  if (frame.header === "still-valid" && !headerWritten) {
    const comesUp = frame.valid
      ? "the snapshot comes up as it was"
      : "the snapshot comes up as good, without the write that found no room";
    const title = frame.valid ? "valid, as it was" : "still valid: nothing is on disk yet";
    const severity = frame.valid ? "ok" : "note";
    return { severity, title, kernels: onKernels(comesUp, comesUp), areas };
  }
  const severity = HEADER_ENDING_SEVERITY[frame.header];
  const { title, old, modern } = HEADER_ENDING_WORDS[frame.header];
  return {
    severity: areas && severity === "ok" ? "problem" : severity,
    title,
    kernels: onKernels(old, modern),
    areas,
  };
}

const onKernels = (old: string, modern: string): string =>
  old === modern ? `On any kernel ${old}.` : `Up to 2.6.31 ${old}. Later ${modern}.`;
