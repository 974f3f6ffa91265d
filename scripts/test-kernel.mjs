// Asks a real kernel (kernel-lab/README.md) and compares its answers with cowscope's.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
// The command under test is the one that these sources make.
for (const step of ["build:core", "build:cli"]) {
  execFileSync("npm", ["run", "--silent", step], { stdio: ["ignore", "ignore", "inherit"] });
}
const lab = await runnerImport("./kernel-lab/main.ts", { configFile: false, logLevel: "error" });
process.exitCode = await lab.module.main(process.argv.slice(2));
