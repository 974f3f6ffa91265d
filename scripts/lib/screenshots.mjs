// docs/screenshots/: every view of the built page, light and dark, wide and narrow.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { VIEWS } from "./views.mjs";

const FOLDER = "docs/screenshots";
const WIDTHS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };
const SCHEMES = ["light", "dark"];
/** Of WebP: letters have no fringes yet, and a picture takes 7 to 65 kB. */
const QUALITY = 15;

/** @param address of the page, with the slash at its end */
export async function drawScreenshots(browser, address) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    for (const colorScheme of SCHEMES) {
      for (const view of VIEWS) {
        const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
        page.setDefaultTimeout(10_000);
        await page.goto(`${address}${view.address}`);
        await view.open?.(page);
        await view.shown(page).waitFor();
        await save(page, `${FOLDER}/${view.name}-${width}-${colorScheme}.webp`);
        await page.close();
      }
    }
  }
  writeFileSync(`${FOLDER}/README.md`, index());
  const bytes = readdirSync(FOLDER).reduce(
    (sum, one) => sum + statSync(`${FOLDER}/${one}`).size,
    0,
  );
  console.log(`${FOLDER}: ${VIEWS.length} views, ${Math.round(bytes / 1000)} kB`);
}

/** Playwright itself writes no WebP; Chromium does. */
async function save(page, path) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(300);
  const chromium = await page.context().newCDPSession(page);
  const { data } = await chromium.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
  });
  writeFileSync(path, Buffer.from(data, "base64"));
}

function index() {
  const picture = (name, width, scheme) => `[${scheme}](${name}-${width}-${scheme}.webp)`;
  const rows = VIEWS.map(({ name }) => {
    const cells = Object.keys(WIDTHS).map((width) =>
      SCHEMES.map((scheme) => picture(name, width, scheme)).join(", "),
    );
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  const sizes = Object.values(WIDTHS).map(({ width, height }) => `${width} × ${height}`);
  return [
    "# Every view",
    "",
    "Drawn by `npm run build && npm run pictures` (`scripts/lib/views.mjs` lists the views), not by hand.",
    "",
    `| view | ${sizes.join(" | ")} |`,
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
