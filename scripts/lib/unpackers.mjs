import { spawnSync } from "node:child_process";
import { aptInstall, mayUseApt } from "./apt.mjs";

/** The command, and Debian's package of it. */
const PACKAGES = { zstd: "zstd", xz: "xz-utils", lz4: "lz4", bzip2: "bzip2" };

function missing() {
  return Object.keys(PACKAGES).filter(
    (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status !== 0,
  );
}

/** Whether the commands that pack and unpack streams are there. */
export function hasUnpackers() {
  return missing().length === 0;
}

/** The same, if need be because they were installed now. */
export async function findOrInstallUnpackers() {
  for (const name of missing()) {
    if (!mayUseApt() || !(await aptInstall(PACKAGES[name]))) return false;
  }
  return hasUnpackers();
}
