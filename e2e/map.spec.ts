import type { Locator, Page } from "@playwright/test";
import { axeFindings } from "./support/axe.ts";
import { cutOff } from "./support/cut-off.ts";
import { damaged, healthy } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

/** What the map view says and takes. */
const partsOf = (page: Page) => ({
  map: page.getByRole("application", { name: "Map of the COW device" }),
  history: page.getByRole("application", { name: /^History/ }),
  under: page.getByRole("status", { name: "Under the cursor", exact: true }),
  underHistory: page.getByRole("status", { name: "Exception under the cursor" }),
  gauge: page.getByRole("region", { name: "How full it is" }),
  kinds: page.getByRole("list", { name: "Kinds of chunks" }),
});

/** Where a cell of 32 px is drawn, behind the ruler. */
const cellAt = (column: number, row = 0) => ({ x: 104 + column * 32 + 16, y: row * 32 + 16 });

const press = async (at: Locator, ...keys: string[]) => {
  for (const key of keys) await at.press(key);
};

test("the map opens by its key, says what a chunk is, and goes to it in Inspect", async ({
  cowscope,
  page,
}) => {
  await cowscope.openSample("A healthy snapshot");
  await page.keyboard.press("2");
  const { map, under, gauge, kinds } = partsOf(page);
  await expect(gauge).toContainText("Data% 50.00");
  await expect(gauge).toContainText("64 of 128 sectors, 16 of them metadata");
  // Chunks 8 to 15 of 16 are free, and area 1 is far behind them.
  await expect(gauge).toContainText("8 more chunks (32 KiB) until it overflows");
  await expect(kinds).toContainText("data 6");
  await map.hover({ position: cellAt(1) });
  await expect(under).toHaveText("Chunk 1 · metadata area 0 · offset 0x1000");
  await map.hover({ position: cellAt(3) });
  await expect(under).toContainText(
    /^Chunk 3 · data · offset 0x3000 · named by exception 0:1 with/,
  );
  await map.click({ position: cellAt(3) });
  const selected = cowscope.area.locator("tr[aria-selected=true]");
  await expect(selected).toContainText("3");
  await expect(selected).toHaveAttribute("aria-rowindex", "3");
});

test("the map is walked, zoomed and opened without a mouse", async ({ cowscope, page }) => {
  await cowscope.pick("damaged.img", damaged());
  await expect(cowscope.verdict).toContainText(/./);
  await page.keyboard.press("2");
  const { map, history, under, underHistory } = partsOf(page);
  await map.focus();
  await press(map, "Home");
  await expect(under).toContainText("Chunk 0 · header");
  await press(map, "End");
  // 8192 sectors of 8: the last chunk is 1023.
  await expect(under).toContainText("Chunk 1,023 · free");
  await press(map, "+", "Home", "ArrowRight", "ArrowRight");
  await expect(under).toContainText("Chunk 2 · data");
  await press(map, "-");
  await expect(under).toContainText("Chunk 2 · data");
  await press(map, "Home", "ArrowRight", "Enter");
  await expect(cowscope.area).toContainText("chunk 1 ");
  await page.keyboard.press("2");
  await history.focus();
  await press(history, "End");
  await expect(underHistory).toContainText("Exception 599 · old_chunk 1804 → new_chunk 603");
  await press(history, "ArrowLeft");
  await expect(underHistory).toContainText("Exception 598");
  await press(history, "Enter");
  await expect(cowscope.area.getByLabel("Go to area")).toHaveValue("2");
});

test("the same stands in tables, whose rows lead to Inspect", async ({ cowscope, page }) => {
  await cowscope.pick("damaged.img", damaged());
  await expect(cowscope.verdict).toContainText(/./);
  await page.keyboard.press("2");
  await page.getByRole("tab", { name: "Map as a table" }).click();
  const runs = page.getByRole("grid", { name: "Chunks by kind" });
  const cells = runs.getByRole("row").nth(3).getByRole("gridcell");
  await expect(cells).toHaveText(["2", "257", "data", "256", ""]);
  // The chunk that the wild exception should name is a hole.
  await expect(runs.getByRole("row").filter({ hasText: "hole" })).toHaveCount(1);
  await runs.focus();
  await press(runs, "Home", "ArrowDown", "Enter");
  await expect(cowscope.area).toContainText("chunk 1 ");
  await page.keyboard.press("2");
  await page.getByRole("tab", { name: "History as a table" }).click();
  const log = page.getByRole("grid", { name: "Exceptions in the order of their commits" });
  await expect(log.getByRole("row").nth(2).getByRole("gridcell")).toHaveText([
    "1",
    "10",
    "3",
    "+3",
  ]);
  await log.focus();
  await press(log, "End", "Enter");
  await expect(cowscope.area.getByLabel("Go to area")).toHaveValue("2");
});

test("of damaged stores it shows what the bytes say", async ({ cowscope, page }) => {
  await cowscope.openSample("A header torn by an exception");
  await page.keyboard.press("2");
  const { kinds, gauge, history } = partsOf(page);
  await expect(gauge).toContainText("Not activated");
  await expect(kinds).toContainText("hit by a finding 1");
  await expect(history).toBeHidden();
  await expect(page.getByText("there is no history")).toBeVisible();
  await page.getByRole("button", { name: "cowscope, start" }).click();
  await cowscope.openSample("A snapshot that ran out of space");
  await page.keyboard.press("2");
  await expect(gauge).toContainText("Invalid");
  await expect(kinds).toContainText("data 10");
  await expect(kinds).toContainText("free 0");
});

test("the wheel scrolls the map and zooms it with Ctrl; the cursor stays on its chunk", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("damaged.img", damaged());
  await expect(cowscope.verdict).toContainText(/./);
  await page.keyboard.press("2");
  const { map, under } = partsOf(page);
  await map.hover({ position: { x: 300, y: 150 } });
  await expect(under).toContainText(/^Chunk \d+ · data/);
  const before = await under.textContent();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await expect(page.getByRole("button", { name: "Zoom in" })).toBeDisabled();
  await expect(under).toHaveText(before ?? "");
  await page.mouse.wheel(0, 4000);
  await map.hover({ position: { x: 140, y: 150 } });
  await expect(under).toContainText("free");
});

for (const [name, size] of [
  ["light", { width: 1440, height: 900 }],
  ["dark", { width: 320, height: 640 }],
] as const) {
  test.describe(`${name}, ${size.width} px wide`, () => {
    test.use({ colorScheme: name, viewport: size });
    test("axe finds nothing, and nothing is cut off", async ({ cowscope, page }) => {
      await cowscope.pick("a.img", healthy(300));
      await expect(cowscope.verdict).toContainText(/./);
      await page.keyboard.press("2");
      await expect(partsOf(page).kinds).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
      await page.getByRole("tab", { name: "Map as a table" }).click();
      await page.getByRole("tab", { name: "History as a table" }).click();
      await expect(page.getByRole("grid").first()).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    });
  });
}
