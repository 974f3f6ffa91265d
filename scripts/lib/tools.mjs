import { spawnSync } from "node:child_process";
import { aptInstall, mayUseApt } from "./apt.mjs";

/** Commands that tests run, each with Debian's package of it. */
export const UNPACKERS = { zstd: "zstd", xz: "xz-utils", lz4: "lz4", bzip2: "bzip2" };
/** One makes and converts disk images, the other writes into them. */
export const QEMU = { "qemu-img": "qemu-utils", "qemu-io": "qemu-utils" };
export const DDRESCUE = { ddrescue: "gddrescue" };
export const FLEET_TOOLS = { xargs: "findutils", parallel: "parallel" };
/** They make file systems, and one looks into them. */
export const FILE_SYSTEMS = {
  mke2fs: "e2fsprogs",
  debugfs: "e2fsprogs",
  "mkfs.xfs": "xfsprogs",
  xfs_db: "xfsprogs",
};

/** Those that make file systems know only -V. */
const isThere = (name) =>
  ["--version", "-V"].some((flag) => spawnSync(name, [flag], { stdio: "ignore" }).status === 0);

export const hasTools = (tools) => Object.keys(tools).every(isThere);

/** @returns whether all are there, if need be because they were installed now */
export async function findOrInstallTools(tools) {
  for (const [name, packageName] of Object.entries(tools)) {
    if (isThere(name)) continue;
    if (!mayUseApt() || !(await aptInstall(packageName))) return false;
  }
  return hasTools(tools);
}
