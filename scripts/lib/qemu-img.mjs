import { spawnSync } from "node:child_process";
import { aptInstall, mayUseApt } from "./apt.mjs";

/** Both come in Debian's qemu-utils: one makes and converts disk images, the other writes into them. */
export function hasQemuImg() {
  return ["qemu-img", "qemu-io"].every(
    (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
  );
}

/** @returns whether qemu-img and qemu-io are there, if need be because they were installed now. */
export async function findOrInstallQemuImg() {
  if (hasQemuImg()) return true;
  return mayUseApt() && (await aptInstall("qemu-utils")) && hasQemuImg();
}
