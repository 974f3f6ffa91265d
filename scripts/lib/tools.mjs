import { spawnSync } from "node:child_process";
import { aptInstall, mayUseApt } from "./apt.mjs";

/** Commands that tests compare with, and Debian's package of each. */
const UNPACKERS = { zstd: "zstd", xz: "xz-utils", lz4: "lz4", bzip2: "bzip2" };
/** One makes and converts disk images, the other writes into them. */
const QEMU = { "qemu-img": "qemu-utils", "qemu-io": "qemu-utils" };

export const hasUnpackers = () => hasAll(UNPACKERS);
export const hasQemuImg = () => hasAll(QEMU);

/** @returns whether they are there, if need be because they were installed now */
export const findOrInstallUnpackers = () => findOrInstall(UNPACKERS);
export const findOrInstallQemuImg = () => findOrInstall(QEMU);

const isThere = (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0;
const hasAll = (tools) => Object.keys(tools).every(isThere);

async function findOrInstall(tools) {
  for (const [name, packageName] of Object.entries(tools)) {
    if (isThere(name)) continue;
    if (!mayUseApt() || !(await aptInstall(packageName))) return false;
  }
  return hasAll(tools);
}
