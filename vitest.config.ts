import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.{ts,tsx}", "testing/**/*.test.ts", "kernel-lab/**/*.test.ts"],
    testTimeout: 60_000,
    slowTestThreshold: 5_000,
  },
});
