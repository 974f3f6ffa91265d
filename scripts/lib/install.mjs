import { existsSync, statSync } from "node:fs";
import { npm } from "./run.mjs";

/** npm writes this file last, so it tells when the last install was complete. */
const INSTALLED = "node_modules/.package-lock.json";

export function isInstalled() {
  return (
    existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync("package-lock.json").mtimeMs
  );
}

/** @returns whether the dependencies are there, as package-lock.json names them */
export async function installDependencies() {
  return isInstalled() || (await npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]));
}
