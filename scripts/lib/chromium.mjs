import { existsSync } from "node:fs";
import { npm, run } from "./run.mjs";

const SYSTEM = ["chromium", "chromium-browser", "google-chrome"].map((name) => `/usr/bin/${name}`);

/**
 * A Chromium for the end-to-end tests: the one named in COWSCOPE_CHROMIUM, Playwright's own, the
 * system's, or one that is installed now.
 * @returns its path, or null
 */
export async function findOrInstallChromium() {
  const named = process.env.COWSCOPE_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return (await installed()) ?? (await install());
}

async function installed() {
  const { chromium } = await import("@playwright/test");
  return [chromium.executablePath(), ...SYSTEM].find((path) => existsSync(path)) ?? null;
}

async function install() {
  const mayUseApt = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  if (mayUseApt) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    (await run("apt-get", ["update", "-qq"], env)) &&
      (await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], env));
  } else {
    await npm(["exec", "--", "playwright", "install", "chromium"]);
  }
  return installed();
}
