// `npm start`: from a fresh clone to a page in the browser. Node's own modules only, until the
// dependencies are there.
import { parseArgs } from "node:util";
import { buildIsStale } from "./lib/freshness.mjs";
import { installDependencies, isInstalled } from "./lib/install.mjs";
import { enterProject, fail } from "./lib/project.mjs";
import { npmScript } from "./lib/run.mjs";

enterProject();
const { values } = parseArgs({ options: { port: { type: "string", default: "4173" } } });

if (!isInstalled()) console.log("Installing the dependencies (once) …");
if (!(await installDependencies())) {
  fail("npm ci failed, as the lines above say; the first start needs the network.");
}
if (buildIsStale()) {
  console.log("Building …");
  if (!(await npmScript("build"))) fail("The build failed. See the lines above.");
}

// A port that is taken is not an error: vite goes on to the next one.
const { preview } = await import("vite");
const server = await preview({ preview: { port: Number(values.port), strictPort: false } });
const [address] = server.resolvedUrls?.local ?? [];
console.log(`\ncowscope is at ${address}  (Ctrl-C ends it)`);

for (const signal of ["SIGINT", "SIGTERM"]) {
  // Not server.close(): it would wait for every connection that a browser keeps open.
  process.on(signal, () => process.exit(0));
}
