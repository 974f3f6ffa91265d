import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The project's folder: every script works from here, wherever it was called. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export function enterProject() {
  process.chdir(ROOT);
  checkNode();
}

/** Says in one sentence what is wrong, before a dependency says it in fifty. */
function checkNode() {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
  const wanted = engines.node.replace(">=", "");
  if (isOlder(process.versions.node, wanted)) {
    fail(`cowscope needs Node ${wanted} or newer; this is Node ${process.versions.node}.`);
  }
}

export function isOlder(version, wanted) {
  const [major, minor] = version.split(".").map(Number);
  const [wantedMajor, wantedMinor = 0] = wanted.split(".").map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

/** Ends the script with one sentence for the person who started it. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
