// `npm run pictures`: the icons, out of public/favicon.svg, and out of the built page itself
// (`npm run build` first) the picture that links to it are shown with, and docs/screenshots/.
import { mkdirSync, readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { findChromium } from "./lib/chromium.mjs";
import { drawScreenshots } from "./lib/screenshots.mjs";
import { SHARE } from "./lib/share.mjs";

/** Of the icon's edge, the share that no mask of a launcher cuts off: the inner 80 % are safe. */
const MASKED = 0.6;
const ICONS = [
  { file: "192.png", edge: 192, fills: 1, background: "transparent" },
  { file: "512.png", edge: 512, fills: 1, background: "transparent" },
  { file: "maskable.png", edge: 512, fills: MASKED, background: "#f5f7f9" },
];

async function drawIcons(browser) {
  mkdirSync("public/icons", { recursive: true });
  const svg = readFileSync("public/favicon.svg").toString("base64");
  for (const { file, edge, fills, background } of ICONS) {
    const page = await browser.newPage({ viewport: { width: edge, height: edge } });
    const size = edge * fills;
    await page.setContent(
      `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${background}">
        <img width="${size}" height="${size}" src="data:image/svg+xml;base64,${svg}">`,
    );
    await page.screenshot({ path: `public/icons/${file}`, omitBackground: true });
    await page.close();
  }
}

async function drawShare(browser, address) {
  const page = await browser.newPage({ viewport: SHARE });
  await page.goto(`${address}#inspect?v=1&sample=race-torn-header`);
  await page.getByRole("region", { name: "area", exact: true }).getByRole("grid").first().waitFor();
  await page.screenshot({ path: "public/share.jpg", type: "jpeg", quality: 72 });
  await page.close();
}

const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ ...findChromium(), args });
const server = await preview({ preview: { port: 0 } });
const [address] = server.resolvedUrls?.local ?? [];
await drawIcons(browser);
await drawShare(browser, address);
await drawScreenshots(browser, address);
await server.close();
await browser.close();
process.exit();
