#!/usr/bin/env node
import { existsSync } from "node:fs";

const command = new URL("../build/cli/cowscope.js", import.meta.url);
if (existsSync(command)) {
  const { main } = await import(command.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error("cowscope: not built yet; run `npm ci && npm run build` first");
  process.exitCode = 1;
}
