import type { HtmlTagDescriptor, Plugin } from "vite";
import { SHARE } from "../lib/share.mjs";

/** "https://host/path/" where the page will lie; whoever shows a preview wants whole addresses. */
const SITE = process.env.COWSCOPE_SITE ?? "";

/** What is shown of the page where somebody links to it. */
export function sharePreview(): Plugin {
  return {
    name: "cowscope-share-preview",
    apply: "build",
    transformIndexHtml(html) {
      const about = /name="description" content="([^"]+)"/.exec(html)?.[1] ?? "";
      return [
        property("title", "cowscope: what is wrong with a dm-snapshot COW store"),
        property("description", about),
        property("type", "website"),
        ...(SITE === "" ? [] : [property("url", SITE)]),
        property("image", `${SITE === "" ? "./" : SITE}share.jpg`),
        property("image:width", String(SHARE.width)),
        property("image:height", String(SHARE.height)),
        property("image:alt", "Verdict, kernels, header and area side by side, findings"),
      ];
    },
  };
}

const property = (name: string, content: string): HtmlTagDescriptor => ({
  tag: "meta",
  attrs: { property: `og:${name}`, content },
  injectTo: "head",
});
