import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { singlePolicy } from "./policy.ts";

/** What is linked beside the page: a file alone has no neighbours. */
const NEIGHBOURS =
  /\s*<(?:link rel="(?:stylesheet|manifest|icon)"|script type="module"|meta property="og:)[^>]*>(?:<\/script>)?/g;

/** Puts all that was built into one HTML file, which is all that is written. */
export function singleFile(fileName: string): Plugin {
  return {
    name: "cowscope-single-file",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const parts = Object.values(bundle);
        const scripts = parts.filter((part) => part.type === "chunk").map(({ code }) => code);
        const assets = parts.filter((part) => part.type === "asset");
        const texts = (end: string) =>
          assets
            .filter((asset) => asset.fileName.endsWith(end))
            .map(({ source }) => String(source));
        const [page, ...pages] = texts(".html");
        const [script, ...others] = scripts;
        if (page === undefined || script === undefined || pages.length + others.length > 0) {
          throw new Error("the single file needs one page and one script");
        }
        const source = assemble(page, script, texts(".css").join("\n"));
        for (const name of Object.keys(bundle)) delete bundle[name];
        this.emitFile({ type: "asset", fileName, source });
      },
    },
  };
}

function assemble(page: string, script: string, style: string): string {
  // Neither text may end its own element; in a script "<\/" is the same string.
  const js = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  if (/\r/.test(js + style) || style.includes("</style")) {
    throw new Error("the parser of HTML would change this text, and with it its hash");
  }
  const icon = readFileSync("public/favicon.svg").toString("base64");
  const head = [
    `<meta http-equiv="Content-Security-Policy" content="${singlePolicy(hash(js), hash(style))}">`,
    `<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,${icon}">`,
    `<style>${style}</style>`,
    `<script type="module">${js}</script>`,
  ];
  // The charset comes first: a browser looks for it in the first 1024 bytes.
  return page
    .replace(NEIGHBOURS, "")
    .replace(/<meta charset="utf-8" ?\/?>/, (charset) => [charset, ...head].join("\n    "));
}

const hash = (text: string): string =>
  `sha256-${createHash("sha256").update(text).digest("base64")}`;
