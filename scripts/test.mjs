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
  ["qemu-img", findQemuImg],
  ["zstd, xz, lz4, bzip2", findUnpackers],
  ["mke2fs, mkfs.xfs", findMkfs],
  ["xargs, parallel", findFleetTools],
  ["ddrescue", findDdrescue],
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

async function findQemuImg() {
  if (await findOrInstallTools(QEMU)) return true;
  console.log(
    "There is no qemu-img, and none could be installed (Debian's qemu-utils): the tests that compare\n" +
      "disk images with what qemu-img reads are SKIPPED. Where CI is set, that is a failure.",
  );
  return !process.env.CI;
}

async function findUnpackers() {
  if (await findOrInstallTools(UNPACKERS)) return true;
  console.log(
    "Of zstd, xz, lz4 and bzip2 one is missing, and could not be installed: the tests that compare\n" +
      "streams with what those unpack are SKIPPED. Where CI is set, that is a failure.",
  );
  return !process.env.CI;
}

async function findDdrescue() {
  if (await findOrInstallTools(DDRESCUE)) return true;
  console.log(
    "There is no ddrescue, and it could not be installed (Debian's gddrescue): the tests that let it\n" +
      "copy by cowscope's mapfiles are SKIPPED. Where CI is set, that is a failure.",
  );
  return !process.env.CI;
}

async function findMkfs() {
  if (await findOrInstallTools(FILE_SYSTEMS)) return true;
  console.log(
    "e2fsprogs or xfsprogs is missing, and could not be installed: the tests that read file systems\n" +
      "which mke2fs and mkfs.xfs make are SKIPPED. Where CI is set, that is a failure.",
  );
  return !process.env.CI;
}

async function findFleetTools() {
  if (await findOrInstallTools(FLEET_TOOLS)) return true;
  console.log(
    "Of xargs and GNU parallel one is missing, and could not be installed: the tests that run the\n" +
      "recipes of docs/fleet.md with them are SKIPPED. Where CI is set, that is a failure.",
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
