import { existsSync, readFileSync, rmSync } from "node:fs";

/** How many tests passed and failed, as the runners' own JSON reporters say. */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** A file that an earlier run left must not be counted again. */
export const forget = (file) => rmSync(file, { force: true });

export function vitestResults(file) {
  if (!existsSync(file)) return NOTHING;
  const json = JSON.parse(readFileSync(file, "utf8"));
  // A file that could not even be loaded has no tests, and no failed ones: it counts as one.
  const broken = json.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: json.numPassedTests,
    failed: json.numFailedTests + broken.length,
    skipped: json.numPendingTests + json.numTodoTests,
  };
}

export function playwrightResults(file) {
  if (!existsSync(file)) return NOTHING;
  const { stats, errors } = JSON.parse(readFileSync(file, "utf8"));
  return {
    // A flaky test failed at least once before it passed: it is not counted as passed.
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}
