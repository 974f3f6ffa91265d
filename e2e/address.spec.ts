import type { Page } from "@playwright/test";
import type { CowscopePage } from "./support/cowscope-page.ts";
import { damaged, healthy, invalidated } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const SAMPLE = "#inspect?v=1&sample=race-torn-header";
const TORN = "A header torn by an exception";

const replayIsShown = (page: Page) =>
  expect(page.getByRole("slider", { name: "Step" })).toBeVisible();

async function showReplay(page: Page): Promise<void> {
  await page.keyboard.press("3");
  await replayIsShown(page);
}

/** A local file is picked and its verdict waited for. */
async function pickMine(cowscope: CowscopePage): Promise<void> {
  await cowscope.pick("mine.img", damaged());
  await expect(cowscope.verdict).toBeVisible();
}

test("a sample has an address, which opens it in a page of its own", async ({ cowscope, page }) => {
  await cowscope.openSample(TORN);
  expect(new URL(page.url()).hash).toBe(SAMPLE);
  const sentence = (await cowscope.title.textContent()) ?? "";
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(sentence);
  await other.close();
});

test("Reload of a sample opens it again, in the view and under the options that it had", async ({
  cowscope,
  page,
}) => {
  await cowscope.openSample(TORN);
  await page.getByRole("button", { name: "Options" }).click();
  await page.getByLabel("Chunk size, in sectors").fill("16");
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(cowscope.verdict).toContainText("overrides table chunk size of 16");
  await showReplay(page);
  await expect.poll(() => page.url()).toContain("steps=");
  await page.reload();
  await replayIsShown(page);
  await expect(page.getByRole("banner")).toContainText("w1-torn");
  await page.getByRole("link", { name: "Inspect" }).click();
  await expect(cowscope.verdict).toContainText("overrides table chunk size of 16");
});

test("Back and Forward go through views, options and images", async ({ cowscope, page }) => {
  await cowscope.openSample(TORN);
  await showReplay(page);
  await page.goBack();
  await expect(cowscope.verdict).toContainText("torn");
  await page.goBack();
  await expect(cowscope.title).toContainText("Drop a dm-snapshot");
  await page.goForward();
  await expect(cowscope.verdict).toContainText("torn");
  await page.goForward();
  await replayIsShown(page);
  await expect(page.getByRole("banner")).toContainText("w1-torn");
});

test("Back leads to the file that was open before, since the page still holds it", async ({
  cowscope,
  page,
}) => {
  await cowscope.drop("first.img", invalidated());
  await expect(cowscope.title).toContainText("invalidated");
  await cowscope.drop("second.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  await page.goBack();
  await expect(cowscope.title).toContainText("invalidated");
  await expect(page.getByRole("banner")).toContainText("first.img");
  await page.goBack();
  await expect(cowscope.title).toContainText("Drop a dm-snapshot");
  await page.goForward();
  await page.goForward();
  await expect(page.getByRole("banner")).toContainText("second.img");
  await expect(cowscope.verdict).toContainText("activates");
});

test("Back stops a check that runs", async ({ cowscope, page }) => {
  await cowscope.drop("first.img", invalidated());
  await page.goBack();
  await expect(cowscope.title).toContainText("Drop a dm-snapshot");
  await expect(cowscope.verdict).toHaveCount(0);
});

test("Reload of a local file says which one to drop, and that one is back where it was", async ({
  cowscope,
  page,
}) => {
  await pickMine(cowscope);
  await showReplay(page);
  await page.getByRole("slider", { name: "Step" }).fill("3");
  await expect.poll(() => page.url()).toContain("at=3");
  expect(page.url()).not.toContain("mine");
  await page.reload();
  await expect(cowscope.title).toHaveText("Drop mine.img here again");
  await expect(page.locator("main")).toContainText("4 MiB");
  await cowscope.pick("mine.img", damaged());
  await expect(page.locator("output", { hasText: /^step 3 of/ })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("mine.img");
});

test("while a file is asked for, the start page leads elsewhere all the same", async ({
  cowscope,
  page,
}) => {
  await pickMine(cowscope);
  await page.reload();
  await expect(cowscope.title).toHaveText("Drop mine.img here again");
  await page.getByRole("link", { name: "Replay the race" }).click();
  await replayIsShown(page);
  await page.goBack();
  await expect(cowscope.title).toHaveText("Drop mine.img here again");
});

test("of many files the last ones are held, and an older one is asked for", async ({
  cowscope,
  page,
}) => {
  for (let file = 0; file < 17; file += 1) {
    await cowscope.drop(`${file}.img`, invalidated());
    await expect(page).toHaveTitle(new RegExp(`^${file}\\.img: .*invalidated`));
  }
  await page.evaluate(() => history.go(-15));
  await expect(page).toHaveTitle(/^1\.img: .*invalidated/);
  await page.goBack();
  await expect(cowscope.title).toHaveText("Drop 0.img here again");
});

test("another file than the one that is asked for is a file like any", async ({
  cowscope,
  page,
}) => {
  await pickMine(cowscope);
  await page.keyboard.press("3");
  await page.reload();
  await cowscope.pick("other.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
});

test("the title names file and verdict, and the view", async ({ cowscope, page }) => {
  await expect(page).toHaveTitle("cowscope");
  await cowscope.pick("mine.img", invalidated());
  await expect(page).toHaveTitle(/^mine\.img: .*invalidated.* · cowscope$/);
  await page.keyboard.press("3");
  await expect(page).toHaveTitle(/^mine\.img: .*invalidated.* · Replay · cowscope$/);
  await cowscope.pick("empty.img", new Uint8Array(0));
  await expect(page).toHaveTitle(/^empty\.img: .*empty/);
  await page.getByRole("button", { name: "cowscope, start" }).click();
  await expect(page).toHaveTitle("cowscope");
  expect(new URL(page.url()).hash).toBe("");
});

test("what an address says that cannot be read is told, and only that is lost", async ({
  cowscope,
  page,
}) => {
  await page.goto("./#inspect?v=1&sample=healthy&table-chunk=lots&age=none");
  await expect(cowscope.verdict).toContainText("activates");
  const notice = page.getByText("The address cannot be read in full");
  await expect(notice).toContainText("table-chunk=lots, age=none");
  await page.getByRole("link", { name: "Replay" }).click();
  await expect(notice).toHaveCount(0);
});

test("an address of a later version, and one of a sample that is not there", async ({
  cowscope,
  page,
}) => {
  await page.goto("./#replay?v=9&fix=before");
  await expect(page.getByText("The address cannot be read in full")).toContainText("v=9");
  await replayIsShown(page);
  await page.goto("./#inspect?v=1&sample=nobody");
  await expect(cowscope.problem).toContainText("sample that this page does not have");
  await expect(cowscope.problem).toContainText("nobody");
});
