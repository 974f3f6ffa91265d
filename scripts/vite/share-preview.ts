import type { HtmlTagDescriptor, Plugin } from "vite";
import { SHARE } from "../lib/share.mjs";

/** What is shown of the page where somebody links to it. */
export function sharePreview(): Plugin {
  return {
    name: "cowscope-share-preview",
    apply: "build",
    transformIndexHtml: (html) => previewTags(html, process.env.COWSCOPE_SITE ?? ""),
  };
}

/** @param site "https://host/path/" where the page will lie: previews want whole addresses */
export function previewTags(html: string, site: string): HtmlTagDescriptor[] {
  const about = /name="description" content="([^"]+)"/.exec(html)?.[1] ?? "";
  const base = site === "" ? "./" : site.replace(/\/?$/, "/");
  return [
    property("title", "cowscope: what is wrong with a dm-snapshot COW store"),
    property("description", about),
    property("type", "website"),
    ...(site === "" ? [] : [property("url", base)]),
    property("image", `${base}share.jpg`),
    property("image:width", String(SHARE.width)),
    property("image:height", String(SHARE.height)),
    property("image:alt", "Verdict, kernels, header and area side by side, findings"),
  ];
}

const property = (name: string, content: string): HtmlTagDescriptor => ({
  tag: "meta",
  attrs: { property: `og:${name}`, content },
  injectTo: "head",
});
