import { copyFileSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { test as base, expect } from "@playwright/test";
import { diskFolder, diskRow } from "../testing/disk-rows.ts";
import { CowscopePage } from "./support/cowscope-page.ts";
import { invalidated } from "./support/stores.ts";

const BUILT = fileURLToPath(new URL("../dist/cowscope.html", import.meta.url));

/** The file alone in a folder, opened as from a rescue stick; and whatever it then asks for. */
const test = base.extend<{ cowscope: CowscopePage; asked: string[]; address: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs
  address: async ({}, use, testInfo) => {
    const copy = testInfo.outputPath("cowscope.html");
    copyFileSync(BUILT, copy);
    await use(pathToFileURL(copy).href);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  asked: async ({}, use) => use([]),
  cowscope: async ({ page, address, asked }, use) => {
    const complaints: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(address);
    await use(new CowscopePage(page));
    const [own, ...others] = asked;
    expect(own).toBe(address);
    expect(others.filter((url) => !url.startsWith("blob:") && url !== address)).toEqual([]);
    expect(complaints).toEqual([]);
  },
});

test("opened from file:// it opens a sample, and replays the race in it", async ({
  cowscope,
  page,
}) => {
  await cowscope.openSample("A header torn by an exception");
  await expect(cowscope.verdict).toContainText("torn");
  await page.keyboard.press("3");
  await expect(page.getByRole("slider", { name: "Step" })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("w1-torn");
  await page.reload();
  await expect(page.getByRole("slider", { name: "Step" })).toBeVisible();
});

test("opened from file:// it takes a dropped image, and goes back", async ({ cowscope, page }) => {
  await cowscope.drop("mine.img", invalidated());
  await expect(cowscope.title).toContainText("invalidated");
  await page.keyboard.press("3");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(cowscope.title).toContainText("Drop a dm-snapshot");
});

test("opened from file:// it looks into a packed disk: container code is in it, too", async ({
  cowscope,
  page,
}) => {
  const disk = readFileSync(new URL("../public/samples/nested.img.gz", import.meta.url));
  await cowscope.pick("disk.img.gz", disk);
  await expect(cowscope.title).toHaveText("2 COW stores in disk.img.gz");
  await expect(page.getByRole("row", { name: /guestvg\/before/ })).toContainText("healthy");
});

test("opened from file:// it lists the files of a snapshot: that code is in it, too", async ({
  cowscope,
  page,
}) => {
  await cowscope.pickPaths(diskFolder(diskRow("fs-xfs")));
  await expect(cowscope.verdict).toContainText("activates");
  await page.getByRole("tab", { name: "Files" }).click();
  await expect(page.getByRole("row", { name: /^docs / })).toContainText("directory");
});

test("it may connect to nothing at all, and runs no script but its own", async ({
  page,
  address,
}) => {
  await page.goto(address);
  const policy = await page.locator("meta[http-equiv]").getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/connect-src|unsafe-inline|'self'|https?:/);
  expect(policy).toMatch(/script-src 'sha256-[\w+/=]+' 'wasm-unsafe-eval';/);
  const ran = await page.evaluate((own) => {
    const worked = (sent: Promise<unknown>) =>
      sent.then(
        () => "sent",
        () => "refused",
      );
    return worked(fetch(own));
  }, address);
  expect(ran).toBe("refused");
});
