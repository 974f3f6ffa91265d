import { CHUNK_BYTES, damaged, healthy, torn, WILD, wildOffset } from "./support/stores.ts";
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
  await expect(cowscope.findings).toBeVisible();
  await cowscope.page.keyboard.press("n");
  const first = await cowscope.findings.getByRole("row", { selected: true }).textContent();
  await expect(cowscope.findings.getByText(/^Expected|\. Expected/)).toBeVisible();
  await cowscope.page.keyboard.press("n");
  await expect(cowscope.findings.getByRole("row", { selected: true })).not.toHaveText(first ?? "");
  await cowscope.page.keyboard.press("N");
  await expect(cowscope.findings.getByRole("row", { selected: true })).toHaveText(first ?? "");
});

test("wrong bytes are counted in the buffer's head and marked in its table", async ({
  cowscope,
}) => {
  await cowscope.pick("torn.img", torn());
  await expect(cowscope.header.getByText("2 wrong")).toBeVisible();
  const fields = cowscope.header.getByRole("table", { name: "Fields of the header" });
  await expect(fields.getByRole("row", { name: "chunk_size" })).toContainText("a power of 2");
});

test("areas are stepped through, typed, and kept within what there is", async ({ cowscope }) => {
  await cowscope.pick("areas.img", healthy(600));
  const { area } = cowscope;
  const typed = area.getByLabel("Go to area, 0 to 2");
  await expect(area.getByRole("button", { name: "Previous: area" })).toBeDisabled();
  await area.getByRole("button", { name: "Next: area" }).click();
  await expect(typed).toHaveValue("1");
  await expect(area).toContainText("chunk 258");
  await typed.fill("99");
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
  await expect(exceptions.getByText("a chunk, or a range")).toBeVisible();
  await byNew.fill("");
  await expect(exceptions.getByText("600 exceptions")).toBeVisible();
});
