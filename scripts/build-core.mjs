// Compiles wasm/ to build/core.wasm with its typed bindings (build/core.js, build/core.d.ts).
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
await mkdir("build", { recursive: true });

const { error, stderr } = await asc.main([
  "wasm/index.ts",
  ...["--outFile", "build/core.wasm"],
  ...["--bindings", "raw"],
  ...["--runtime", "stub"],
  ...["--enable", "simd"],
  ...["-O3", "--converge", "--noAssert"],
  // What a small store needs (wasm/room.ts): growing costs more than all the rest of its check.
  ...["--initialMemory", "12"],
  ...["--maximumMemory", "65536"],
]);
// That its last round of optimizing gained nothing is asc's note on --converge: nothing to be done about.
process.stderr.write(stderr.toString().replace("Last converge was suboptimal.\n", ""));
if (error) {
  console.error(`The core did not compile: ${error.message}`);
  process.exit(1);
}
