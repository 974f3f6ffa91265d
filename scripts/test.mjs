// `npm test`: everything that must hold, from a fresh clone, in the order in which it fails fastest.
import { findOrInstallChromium } from "./lib/chromium.mjs";
import { installDependencies } from "./lib/install.mjs";
import { enterProject } from "./lib/project.mjs";
import { add, forget, NOTHING, playwrightResults, vitestResults } from "./lib/results.mjs";
import { npmScript } from "./lib/run.mjs";

const UNIT = "build/results/unit.json";
const E2E = "build/results/e2e.json";

let results = NOTHING;
let chromium = null;

const steps = [
  ["install", installDependencies],
  ["core", () => npmScript("build:core")],
  ["chromium", findChromium],
  ["typecheck", () => npmScript("typecheck")],
  ["lint", () => npmScript("lint")],
  ["build", () => npmScript("build")],
  ["unit tests", unitTests],
  ["end-to-end tests", endToEndTests],
];

async function findChromium() {
  chromium = await findOrInstallChromium();
  console.log(
    chromium ?? "There is no Chromium, and none could be installed. Name one in COWSCOPE_CHROMIUM.",
  );
  return chromium !== null;
}

async function unitTests() {
  forget(UNIT);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${UNIT}`];
  const ended = await npmScript("unit", reporters);
  return count(ended, vitestResults(UNIT));
}

async function endToEndTests() {
  forget(E2E);
  const ended = await npmScript("e2e", ["--reporter=list,json"], {
    COWSCOPE_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: E2E,
  });
  return count(ended, playwrightResults(E2E));
}

/** A runner that ended well without a single test has proved nothing. */
function count(ended, found) {
  results = add(results, found);
  return ended && found.failed === 0 && found.passed > 0;
}

async function timed(name, step) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const ok = await step();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`── ${name}: ${ok ? "ok" : "FAILED"}, ${seconds} s`);
  return ok;
}

enterProject();
let failedStep = null;
for (const [name, step] of steps) {
  if (await timed(name, step)) continue;
  failedStep = name;
  break;
}
if (failedStep) console.log(`\nStopped at the first failure: ${failedStep}.`);
if (results.skipped > 0) console.log(`\n${results.skipped} skipped.`);
console.log(`\n${results.passed} passed, ${results.failed} failed`);
process.exitCode = failedStep ? 1 : 0;
