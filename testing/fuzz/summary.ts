import type { Tally } from "./fuzz.ts";

/** Endings that are named, the most frequent first. */
const MOST_NAMED = 6;

/** A table in Markdown: what docs/fuzzing.md shows. */
export function summary(tallies: readonly Tally[], seed: number, finds: number): string {
  const all = tallies.reduce((sum, { executions }) => sum + executions, 0);
  return [
    "| target | executions | slowest, ms of the processor | how they ended |",
    "| --- | --- | --- | --- |",
    ...tallies.map(row),
    "",
    `${all} executions, seed ${seed}, ${finds} finds.`,
  ].join("\n");
}

function row({ target, executions, endings, slowest }: Tally): string {
  const sorted = [...endings].sort(([, a], [, b]) => b - a);
  const named = sorted.slice(0, MOST_NAMED).map(([ending, times]) => `${ending} ${times}`);
  if (sorted.length > MOST_NAMED) named.push(`${sorted.length - MOST_NAMED} more`);
  const worst = `${Math.round(slowest.ms)} (execution ${slowest.execution})`;
  return `| ${target} | ${executions} | ${worst} | ${named.join(", ")} |`;
}
