import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.{ts,tsx}", "testing/**/*.test.ts", "kernel-lab/**/*.test.ts"],
    // Vitest leaves one core idle unless told: on two cores it would run one file at a time.
    maxWorkers: "100%",
    testTimeout: 60_000,
    slowTestThreshold: 5_000,
  },
});
