import { existsSync } from "node:fs";
import { run } from "./run.mjs";

const QUIET = { DEBIAN_FRONTEND: "noninteractive" };

/** Whether packages can be installed here: Debian, as root. */
export function mayUseApt() {
  return existsSync("/etc/debian_version") && process.getuid?.() === 0;
}

/** Installs the first of the packages that there is. @returns whether one is installed */
export async function aptInstall(...names) {
  if (!(await run("apt-get", ["update", "-qq"], QUIET))) return false;
  for (const name of names) {
    const args = ["install", "-y", "--no-install-recommends", name, "-qq"];
    if (await run("apt-get", args, QUIET)) return true;
  }
  return false;
}
