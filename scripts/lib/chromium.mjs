import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { aptInstall, mayUseApt } from "./apt.mjs";
import { npm } from "./run.mjs";

/** The headless shell comes first: a test takes half the processor time of the whole browser's. */
const SHELL = "chromium-headless-shell";
const SYSTEM = [SHELL, "chromium", "chromium-browser", "google-chrome"].map(
  (name) => `/usr/bin/${name}`,
);

/**
 * The Chromium for the end-to-end tests: the one named in COWSCOPE_CHROMIUM, Playwright's own, or
 * the system's.
 * @returns what Playwright launches it with (nothing where it is its own: it then takes its headless
 *   shell), or null
 */
export function findChromium() {
  const named = process.env.COWSCOPE_CHROMIUM;
  if (named) return existsSync(named) ? { executablePath: named } : null;
  if (existsSync(chromium.executablePath())) return {};
  const path = SYSTEM.find((one) => existsSync(one));
  return path ? { executablePath: path } : null;
}

/** The same, or one that is installed now. */
export async function findOrInstallChromium() {
  const found = findChromium();
  if (found || process.env.COWSCOPE_CHROMIUM) return found;
  await install();
  return findChromium();
}

async function install() {
  if (!mayUseApt()) return npm(["exec", "--", "playwright", "install", "chromium"]);
  // Older releases have no package of the shell alone.
  return aptInstall(SHELL, "chromium");
}
