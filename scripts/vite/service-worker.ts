import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { build, type Plugin } from "vite";
import { TARGET } from "./inlined.ts";
import { guardedBy, POLICY, pageHeaders } from "./policy.ts";

/** Not of the page itself: for the host, for who links to it, to be taken away. */
const LEFT_OUT = ["_headers", "cowscope.html", "share.jpg", "sw.js"];

/** Writes sw.js, which keeps all that was built under one version. */
export function serviceWorker(): Plugin {
  let folder = "";
  return {
    name: "cowscope-service-worker",
    apply: "build",
    configResolved: ({ build: { outDir } }) => {
      folder = outDir;
    },
    async closeBundle() {
      const files = keptFiles(folder);
      const headers = guardedBy(POLICY);
      const pages = Object.fromEntries(
        files
          .filter(([path]) => path === "" || path.endsWith(".html"))
          .map(([path]) => [path, pageHeaders(readFileSync(join(folder, path || "index.html")))]),
      );
      const version = hash("sha256", JSON.stringify([files, headers, pages]))
        .toString("hex")
        .slice(0, 16);
      await build({
        configFile: false,
        logLevel: "warn",
        define: {
          FILES: JSON.stringify(files),
          VERSION: JSON.stringify(version),
          HEADERS: JSON.stringify(headers),
          PAGES: JSON.stringify(pages),
        },
        build: {
          outDir: folder,
          emptyOutDir: false,
          copyPublicDir: false,
          target: TARGET,
          rolldownOptions: {
            input: "src/offline/service-worker.ts",
            output: { format: "iife", entryFileNames: "sw.js" },
          },
        },
      });
    },
  };
}

/** Paths below the page's own folder, "" for the page, and what the bytes must hash to. */
function keptFiles(folder: string): [path: string, integrity: string][] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile() && !LEFT_OUT.includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [
      relative(folder, file)
        .split(sep)
        .join("/")
        .replace(/^index\.html$/, ""),
      `sha256-${hash("sha256", readFileSync(file)).toString("base64")}`,
    ]);
}

const hash = (name: string, bytes: string | Buffer): Buffer =>
  createHash(name).update(bytes).digest();
