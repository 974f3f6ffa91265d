// `npm test`: everything that must hold, from a fresh clone, in the order in which it fails fastest.
import { installDependencies } from "./lib/install.mjs";
import { enterProject } from "./lib/project.mjs";
import { add, forget, NOTHING, playwrightResults, vitestResults } from "./lib/results.mjs";
import { npmScript } from "./lib/run.mjs";
import { runSteps } from "./lib/steps.mjs";
import {
  DDRESCUE,
  FILE_SYSTEMS,
  FLEET_TOOLS,
  findOrInstallTools,
  QEMU,
  UNPACKERS,
} from "./lib/tools.mjs";

const UNIT = "build/results/unit.json";
const E2E = "build/results/e2e.json";

let results = NOTHING;

const steps = [
  ["install", installDependencies],
  ["core", () => npmScript("build:core")],
  ["chromium", findChromium],
  ["qemu-img", () => findTools(QEMU, "compare disk images with what qemu-img reads")],
  ["zstd, xz, lz4, bzip2", () => findTools(UNPACKERS, "compare streams with what those unpack")],
  ["mke2fs, mkfs.xfs", () => findTools(FILE_SYSTEMS, "read file systems that those make")],
  ["xargs, parallel", () => findTools(FLEET_TOOLS, "run the recipes of docs/fleet.md")],
  ["ddrescue", () => findTools(DDRESCUE, "let it copy by cowscope's mapfiles")],
  ["typecheck", () => npmScript("typecheck")],
  ["lint", () => npmScript("lint")],
  ["build", () => npmScript("build")],
  ["size", () => npmScript("size")],
  ["unit tests", unitTests],
  ["end-to-end tests", endToEndTests],
];

async function findChromium() {
  // Not at the top: it imports what the first step installs.
  const { findOrInstallChromium } = await import("./lib/chromium.mjs");
  const found = await findOrInstallChromium();
  console.log(
    found
      ? (found.executablePath ?? "Playwright's own")
      : "There is no Chromium, and none could be installed. Name one in COWSCOPE_CHROMIUM.",
  );
  return found !== null;
}

/** Fails only where CI is set: nothing is skipped there. */
async function findTools(tools, skipped) {
  if (await findOrInstallTools(tools)) return true;
  console.log(
    `Of ${Object.keys(tools).join(", ")} one is missing, and it could not be installed (Debian's\n` +
      `${[...new Set(Object.values(tools))].join(", ")}): the tests that ${skipped}\n` +
      "are SKIPPED. Where CI is set, that is a failure.",
  );
  return !process.env.CI;
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
    PLAYWRIGHT_JSON_OUTPUT_FILE: E2E,
  });
  return count(ended, playwrightResults(E2E));
}

/** A runner that ended well without a single test has proved nothing. */
function count(ended, found) {
  results = add(results, found);
  return ended && found.failed === 0 && found.passed > 0;
}

enterProject();
const failedStep = await runSteps(steps);
if (failedStep) console.log(`\nStopped at the first failure: ${failedStep}.`);
if (results.skipped > 0) console.log(`\n${results.skipped} skipped.`);
console.log(`\n${results.passed} passed, ${results.failed} failed`);
process.exitCode = failedStep ? 1 : 0;
