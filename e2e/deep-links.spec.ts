import type { Page } from "@playwright/test";
import { damaged, healthy, WILD, wildOffset } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const hash = (page: Page) => new URL(page.url()).hash;
const entry = `${wildOffset}-${wildOffset + 7}`;
const notice = (page: Page) => page.getByText("The address cannot be read in full");

test("area, selection, filter and tab of a sample have an address, which opens them", async ({
  cowscope,
  page,
}) => {
  await page.goto(
    "./#inspect?v=1&sample=several-areas&area=2&bytes=530432-530447&old-chunk=300-400",
  );
  await expect(cowscope.verdict).toContainText("activates");
  await expect(cowscope.area.getByLabel(/Go to area/)).toHaveValue("2");
  await expect(cowscope.hexByte(cowscope.area, 530432)).toHaveClass(/selected/);
  await expect(cowscope.exceptions.getByLabel(/Filter by old_chunk/)).toHaveValue("300-400");
  await expect(cowscope.exceptions.getByRole("status")).toContainText("of 435");
  await page.getByRole("tab", { name: "Snapshot" }).click();
  await expect.poll(() => hash(page)).toContain("panel=snapshot");
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole("tab", { name: "Snapshot" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expect(other.getByLabel(/Go to area/)).toHaveValue("2");
  await other.close();
});

test("what is done in the view stands in the address, and is there after another view", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("mine.img", damaged());
  await expect(cowscope.verdict).toBeVisible();
  expect(hash(page)).toBe("#inspect");
  await cowscope.area.getByRole("grid").first().waitFor();
  await page.keyboard.press("n");
  await expect(cowscope.area.getByLabel(/Go to area/)).toHaveValue(String(WILD.area));
  await cowscope.exceptions.getByLabel(/Filter by new_chunk/).fill("999999");
  await expect.poll(() => hash(page)).toBe(`#inspect?v=1&area=1&bytes=${entry}&new-chunk=999999`);
  await page.getByRole("link", { name: "Repair" }).click();
  await expect(cowscope.verdict).toHaveCount(0);
  await page.getByRole("link", { name: "Inspect" }).click();
  await expect(cowscope.area.getByLabel(/Go to area/)).toHaveValue("1");
  await expect.poll(() => hash(page)).toContain("new-chunk=999999");
  // Of a file of this machine, too, once it is handed over again.
  await page.reload();
  await cowscope.pick("mine.img", damaged());
  await expect(cowscope.area.getByLabel(/Go to area/)).toHaveValue("1");
  await expect(cowscope.exceptions.getByLabel(/Filter by new_chunk/)).toHaveValue("999999");
  // Any other file opens where it begins.
  await cowscope.pick("other.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  await expect(cowscope.area.getByLabel(/Go to area/)).toHaveValue("0");
});

test("what the open store does not have is told, and only that is lost", async ({
  cowscope,
  page,
}) => {
  await page.goto("./#inspect?v=1&sample=several-areas&area=99&bytes=x&panel=snapshot");
  await expect(cowscope.verdict).toContainText("activates");
  await expect(notice(page)).toContainText("bytes=x, area=99");
  await expect(cowscope.area.getByLabel(/Go to area/)).toHaveValue("0");
  await expect(page.getByRole("tab", { name: "Snapshot" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  // Typed while it is open: no check begins anew.
  await page.evaluate(() => {
    location.hash = "#inspect?v=1&sample=several-areas&area=1&bytes=0-99999999";
  });
  await expect(cowscope.area.getByLabel(/Go to area/)).toHaveValue("1");
  await expect(notice(page)).toContainText("bytes=0-99999999");
});

test("the front says what this is, and every stop of the tour is a link", async ({
  cowscope,
  replay,
  page,
}) => {
  await expect(page.locator("main")).toContainText("A snapshot of a Linux volume keeps");
  const stops = page.getByRole("region", { name: "Or take the tour" }).getByRole("link");
  await expect(stops).toHaveCount(8);
  await stops.nth(3).click();
  await expect(replay.beside).toContainText("Stop 4 of 8");
  await expect(replay.count).toHaveText("step 10 of 17");
  await replay.button("Next stop").click();
  await expect(replay.count).toHaveText("step 17 of 17");
  await expect.poll(() => hash(page)).toContain("tour=5");
  await page.reload();
  await expect(replay.beside).toContainText("Stop 5 of 8");
  await page.goBack();
  await expect(cowscope.title).toContainText("Drop a dm-snapshot");
  await page.getByRole("link", { name: "Take the tour" }).click();
  await expect(replay.beside).toContainText("Stop 1 of 8");
  await page.goto("./#replay?v=1&tour=9");
  await expect(notice(page)).toContainText("tour=9");
  await expect(replay.count).toBeVisible();
});
