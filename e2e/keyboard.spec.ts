import { CHUNK_BYTES, damaged, healthy, WILD } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const selected = /selected/;

test("a sample is opened, read and left without a mouse", async ({ cowscope, page }) => {
  await expect(page.getByRole("listitem").first()).toBeVisible();
  for (let tabs = 0; tabs < 7; tabs += 1) await page.keyboard.press("Tab");
  await expect(page.getByRole("listitem").first().getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(cowscope.verdict).toContainText("activates");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Keys");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "cowscope, start" }).focus();
  await page.keyboard.press("Enter");
  await expect(cowscope.title).toContainText("Drop");
});

test("a hex grid is one tab stop, and the arrows move from byte to byte", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("a.img", healthy());
  const { header, area } = cowscope;
  const grid = header.getByRole("grid");
  await grid.focus();
  await expect(cowscope.hexByte(header, 0)).toHaveClass(selected);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(cowscope.hexByte(header, 4)).toHaveClass(selected);
  await expect(header.getByRole("button", { name: "valid" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.keyboard.press("ArrowDown");
  await expect(grid).toHaveAttribute("aria-activedescendant", /20$/);
  await page.keyboard.press("Control+End");
  await expect(cowscope.hexByte(header, CHUNK_BYTES - 1)).toBeInViewport();
  await page.keyboard.press("Tab");
  await expect(header.getByRole("grid")).not.toBeFocused();
  await expect(area.locator(":focus")).toHaveCount(1);
});

test("findings and exceptions are walked with the arrows and opened with Enter", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("damaged.img", damaged());
  await cowscope.findings.getByRole("grid").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(cowscope.area.getByLabel("Go to area")).toHaveValue(String(WILD.area));
  await cowscope.exceptions.getByRole("grid").focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(cowscope.area.getByLabel("Go to area")).toHaveValue("2");
});
