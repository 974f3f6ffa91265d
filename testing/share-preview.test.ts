import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { previewTags } from "../scripts/vite/share-preview.ts";

const html = readFileSync(new URL("../index.html", import.meta.url), "utf8");
const previewOn = (site: string) =>
  Object.fromEntries(previewTags(html, site).map(({ attrs }) => [attrs?.property, attrs?.content]));

test("a preview has whole addresses where the site is known, and the page's own words", () => {
  for (const site of ["https://host/some/where/", "https://host/some/where"]) {
    expect(previewOn(site)).toMatchObject({
      "og:url": "https://host/some/where/",
      "og:image": "https://host/some/where/share.jpg",
    });
  }
  expect(html).toContain(`content="${previewOn("")["og:description"]}"`);
});

test("where it is not, its picture lies beside the page", () => {
  expect(previewOn("")).toMatchObject({ "og:image": "./share.jpg" });
  expect(previewOn("")).not.toHaveProperty("og:url");
});
