import { axeFindings } from "./support/axe.ts";
import { gzip, healthy, invalidated } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

test("the start page is whole at once: nothing has to arrive for its list", async ({
  cowscope,
  page,
}) => {
  await page.route("**/samples/**", (route) => route.abort());
  await page.goto("./");
  await expect(page.getByRole("listitem")).toHaveCount(11 + 8);
  await expect(cowscope.title).toContainText("Drop a dm-snapshot");
});

test("the bar counts what was checked once, and says where there is no store", async ({
  cowscope,
  page,
}) => {
  // Its chunk size has to be ranked, which reads the same bytes again and again.
  await cowscope.openSample("A header torn by an exception");
  await expect(page.getByRole("banner")).toContainText("28 KiB · checked 8 KiB: header and 1 area");
  await cowscope.pick("backup.gz", gzip());
  await expect(page.getByRole("banner")).toContainText("8 KiB · no COW store ·");
});

test("the number keys have no hole, and the help names them as the tabs do", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("a.img", healthy());
  // A verdict stands before the whole store is open, and with it the tabs.
  await expect(page.getByRole("navigation", { name: "Views" }).getByRole("link")).toHaveCount(4);
  const keys = await page.getByRole("navigation", { name: "Views" }).locator("kbd").allInnerTexts();
  expect(keys).toEqual(keys.map((_, index) => String(index + 1)));
  await page.keyboard.press("?");
  const line = page.getByRole("dialog").locator("div", { hasText: "inspect the store" });
  expect(await line.locator("kbd").allInnerTexts()).toEqual(keys);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on notices, questions and the report menu: ${colorScheme}`, async ({
    cowscope,
    page,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await page.goto("./#inspect?colour=red");
    await expect(page.getByText("The address cannot be read in full")).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await cowscope.dropFiles(["a.img", healthy()], ["b.img", invalidated()]);
    await expect(cowscope.title).toHaveText("2 COW stores in a.img, b.img");
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("row", { name: /^b\.img/ }).click();
    await expect(cowscope.title).toContainText("invalidated");
    await page.getByRole("button", { name: "Report" }).click();
    expect(await axeFindings(page)).toEqual([]);
    await page.reload();
    await expect(cowscope.title).toContainText("here again");
    expect(await axeFindings(page)).toEqual([]);
  });
}

test.describe("at 200 % zoom", () => {
  test.use({ viewport: { width: 720, height: 450 } });

  test("every option can be reached, and the check started", async ({ cowscope, page }) => {
    await cowscope.pick("a.img", healthy());
    await expect(cowscope.verdict).toBeVisible();
    await page.getByRole("button", { name: "Options" }).click();
    const again = page.getByRole("button", { name: "Check again" });
    await again.scrollIntoViewIfNeeded();
    await expect(again).toBeInViewport({ ratio: 1 });
    await page.getByLabel("Chunk size, in sectors").fill("16");
    await again.click();
    await expect(cowscope.findings).toContainText("header.chunk-size.overrides-table");
  });

  test("help begins with its first key, and scrolls to its last", async ({ page, cowscope }) => {
    await expect(cowscope.title).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("heading", { name: "Keys" })).toBeInViewport();
    const close = page.getByRole("button", { name: "Close" });
    await close.scrollIntoViewIfNeeded();
    await expect(close).toBeInViewport({ ratio: 1 });
  });
});

test.describe("where the system forces its own colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  test("the tab of the view that is shown stands out", async ({ cowscope, page }) => {
    await cowscope.pick("a.img", healthy());
    await expect(page.getByRole("navigation", { name: "Views" }).getByRole("link")).toHaveCount(4);
    const outlines = await page
      .getByRole("navigation", { name: "Views" })
      .getByRole("link")
      .evaluateAll((tabs) => tabs.map((tab) => getComputedStyle(tab).outlineStyle));
    expect(outlines).toEqual(["solid", "none", "none", "none"]);
  });
});
