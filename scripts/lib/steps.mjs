/**
 * Runs steps in order until one fails, and ends with a table of what each took: a step that has
 * grown slow is seen before anybody stops running them.
 * @param steps pairs of a name and a function that says (or promises) whether it went well
 * @returns the name of the step that failed, or null
 */
export async function runSteps(steps, log = console.log) {
  const taken = [];
  let failed = null;
  for (const [name, step] of steps) {
    log(`\n── ${name}`);
    const start = performance.now();
    const ok = await step();
    taken.push([ok ? name : `${name}, FAILED`, (performance.now() - start) / 1000]);
    if (ok) continue;
    failed = name;
    break;
  }
  log(`\n${timeTable(taken)}`);
  return failed;
}

/** @param taken pairs of a name and seconds. @returns a line for each, and one for their sum */
export function timeTable(taken) {
  const rows = [...taken, ["in all", taken.reduce((sum, [, seconds]) => sum + seconds, 0)]];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(([name, seconds]) => `${name.padEnd(width)} ${seconds.toFixed(1).padStart(7)} s`)
    .join("\n");
}
