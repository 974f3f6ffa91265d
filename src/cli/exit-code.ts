import type { Report } from "../protocol/report.ts";

/** CONTRACT's exit codes: 0 fine, 1 not checked, 2 damaged, refused or invalid, 3 odd. */
export function exitCode({ verdict }: Report): 0 | 1 | 2 | 3 {
  switch (verdict.id) {
    case "healthy":
      return 0;
    case "not-a-store":
      return 1;
    case "odd":
    case "new":
      return 3;
    case "full":
    case "damaged":
    case "invalidated":
    case "would-be-formatted":
    case "refused-magic":
    case "refused-chunk-size":
    case "refused-version":
    case "refused-io":
    case "crash":
      return 2;
  }
}

/** Of several images: a check that could not be done outranks damage, damage outranks oddity. */
export function worstExit(codes: readonly number[]): number {
  return [1, 2, 3].find((code) => codes.includes(code)) ?? 0;
}
