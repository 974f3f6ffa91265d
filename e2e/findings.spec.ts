import { buildStore } from "../testing/store-builder.ts";
import {
  CHUNK_BYTES,
  CHUNK_SECTORS,
  damaged,
  exceptions,
  healthy,
  torn,
  WILD,
  wildOffset,
} from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const selected = /selected/;

test("a finding leads to its bytes, in another area too", async ({ cowscope }) => {
  await cowscope.pick("damaged.img", damaged());
  const { findings, area } = cowscope;
  await findings.getByText("exception.new.beyond-device").click();
  await expect(area.getByLabel("Go to area")).toHaveValue(String(WILD.area));
  const wild = cowscope.hexByte(area, wildOffset);
  await expect(wild).toBeInViewport();
  await expect(wild).toHaveClass(selected);
  await expect(wild).toHaveClass(/wrong/);
  await expect(area.getByRole("button", { name: "999999" })).toBeInViewport();
});

test("n and N step through the findings, and the detail says what was expected", async ({
  cowscope,
}) => {
  await cowscope.pick("torn.img", torn());
  await expect(cowscope.findings.getByRole("grid")).toBeVisible();
  await cowscope.page.keyboard.press("n");
  const first = await cowscope.findings.getByRole("row", { selected: true }).textContent();
  await expect(cowscope.findings.getByText(/^Expected|\. Expected/)).toBeVisible();
  await cowscope.page.keyboard.press("n");
  await expect(cowscope.findings.getByRole("row", { selected: true })).not.toHaveText(first ?? "");
  await cowscope.page.keyboard.press("N");
  await expect(cowscope.findings.getByRole("row", { selected: true })).toHaveText(first ?? "");
});

test("what is gone to has the focus, and buttons go there too", async ({ cowscope, page }) => {
  await cowscope.pick("torn.img", torn());
  const { findings, header } = cowscope;
  await expect(findings.getByRole("grid")).toBeVisible();
  await page.keyboard.press("n");
  await expect(findings.getByRole("grid")).toBeFocused();
  await findings.getByRole("button", { name: "Next: finding" }).click();
  await expect(findings.getByText(/^2 of \d+$/)).toBeVisible();
  await expect(findings.getByRole("row", { selected: true })).toHaveAttribute("aria-rowindex", "3");
  await findings.getByRole("button", { name: "Previous: finding" }).click();
  await expect(findings.getByText(/^1 of \d+$/)).toBeVisible();
  await expect(header.locator("td[data-offset][class*=selected]").first()).toBeVisible();
});

test("a finding of the whole store frames no bytes of another", async ({ cowscope, page }) => {
  const bytes = healthy(600);
  // The table has three areas, and the device ends before the last.
  await cowscope.pick("cut.img", bytes.slice(0, 515 * CHUNK_BYTES));
  await cowscope.findings.getByRole("grid").waitFor();
  const { header, area } = cowscope;
  const framed = page.locator("td[data-offset][class*=selected]");
  await cowscope.hexByte(header, 0).click();
  await expect(framed).toHaveCount(4);
  await expect(area).toBeVisible();
  const hidden = cowscope.findings.getByRole("row", { name: /not shown|the whole store/ }).first();
  await hidden.click();
  await expect(framed).toHaveCount(0);
});

test("findings are read whole: no word of them is cut", async ({ cowscope }) => {
  await cowscope.pick("torn.img", torn());
  await expect(cowscope.findings.getByRole("grid")).toBeVisible();
  const cells = cowscope.findings.getByRole("gridcell");
  const cut = await cells.evaluateAll((all) =>
    all.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
  );
  expect(cut).toEqual([]);
});

test("an entry's state is the worst that is found of it", async ({ cowscope }) => {
  // Entry 2 points past the device (fatal for it), and takes an origin chunk that entry 1 has (odd).
  const rows = exceptions(5).map((exception, index, all) =>
    index === 2 ? { old: all[1]?.old ?? 0n, new: 999_999n } : exception,
  );
  await cowscope.pick(
    "both.img",
    buildStore({ chunkSectors: CHUNK_SECTORS, exceptions: rows, cowSectors: 8192 }),
  );
  const entry = cowscope.area.getByRole("grid", { name: "Entries of area 0" }).getByRole("row");
  await expect(entry.nth(3)).toContainText("exception.new.beyond-device");
});

test("wrong bytes are counted in the buffer's head and marked in its table", async ({
  cowscope,
}) => {
  await cowscope.pick("torn.img", torn());
  await expect(cowscope.header.getByText("2 wrong")).toBeVisible();
  const fields = cowscope.header.getByRole("table", { name: "Fields of the header" });
  await expect(fields.getByRole("row", { name: "chunk_size" })).toContainText("a power of 2");
});

test("areas are stepped through and typed, and one that is not there is told of", async ({
  cowscope,
}) => {
  await cowscope.pick("areas.img", healthy(600));
  const { area } = cowscope;
  const typed = area.getByLabel("Go to area, 0 to 2");
  await expect(area.getByRole("button", { name: "Previous: area" })).toBeDisabled();
  await area.getByRole("button", { name: "Next: area" }).click();
  await expect(typed).toHaveValue("1");
  await expect(area).toContainText("chunk 258");
  await typed.fill("99");
  await typed.press("Enter");
  await expect(area.getByRole("status")).toHaveText("There is no area 99: they are 0 to 2");
  await expect(typed).toHaveValue("1");
  await typed.fill("2");
  await expect(area.getByRole("status")).toHaveText("");
  await typed.press("Enter");
  await expect(typed).toHaveValue("2");
  await expect(area).toContainText("chunk 515");
  await typed.blur();
  await cowscope.page.keyboard.press("[");
  await expect(typed).toHaveValue("1");
});

test("an exception is shown where it lies in its area", async ({ cowscope }) => {
  await cowscope.pick("areas.img", healthy(600));
  const { exceptions, area } = cowscope;
  await exceptions.getByRole("searchbox", { name: "old_chunk" }).fill("0x388");
  await expect(exceptions.getByText("1 of 600")).toBeVisible();
  await exceptions.getByRole("row").nth(1).click();
  // old_chunk 904 = 299 * 3 + 7: entry 43 of area 1.
  await expect(area.getByLabel("Go to area")).toHaveValue("1");
  await expect(cowscope.hexByte(area, 258 * CHUNK_BYTES + 43 * 16)).toHaveClass(selected);
});

test("the filter takes ranges and says what it cannot read", async ({ cowscope }) => {
  await cowscope.pick("areas.img", healthy(600));
  const { exceptions } = cowscope;
  const byNew = exceptions.getByRole("searchbox", { name: "new_chunk" });
  await byNew.fill("10-19");
  await expect(exceptions.getByText("10 of 600")).toBeVisible();
  await byNew.fill("ten");
  await expect(byNew).toHaveAttribute("aria-invalid", "true");
  await expect(exceptions.getByRole("alert")).toContainText("“ten” is no chunk and no range");
  await expect(exceptions.getByRole("row")).toHaveCount(1);
  await byNew.fill("");
  await expect(exceptions.getByText("600 exceptions")).toBeVisible();
});
