import { defineConfig } from "@playwright/test";
import page from "./playwright.config.ts";

/** Times of the built page, one after the other: `npx playwright test --config playwright.bench.config.ts`. */
export default defineConfig({
  ...page,
  testDir: "bench",
  testMatch: "page.bench.ts",
  outputDir: "build/bench/page",
  workers: 1,
  reporter: "line",
  timeout: 0,
});
