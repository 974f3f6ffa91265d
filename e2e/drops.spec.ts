import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzip, healthy, invalidated, origin } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const ORIGIN = origin(1 << 20);

for (const order of ["cow first", "origin first"]) {
  test(`a store and its origin let go together are paired: ${order}`, async ({
    cowscope,
    page,
  }) => {
    const files: [string, Uint8Array][] = [
      ["cow.img", healthy()],
      ["root.img", ORIGIN],
    ];
    if (order === "origin first") files.reverse();
    await cowscope.dropFiles(...files);
    await expect(cowscope.verdict).toContainText("activates");
    await expect(page.getByRole("banner")).toContainText("cow.img");
    await expect(page.getByText("cow.img is taken for the COW image, root.img")).toBeVisible();
    await page.getByRole("tab", { name: "Snapshot" }).click();
    await expect(cowscope.snapshot).toContainText("of root.img");
    await expect(cowscope.snapshot).toContainText("sha256");
    // The origin's size is known now, so that exceptions are held against it.
    await page.getByRole("button", { name: "Options" }).click();
    await expect(page.getByLabel("Size of the origin, in sectors")).toHaveValue("2048");
  });
}

test("Back to a pair reads both again", async ({ cowscope, page }) => {
  await cowscope.dropFiles(["root.img", ORIGIN], ["cow.img", healthy()]);
  await expect(cowscope.verdict).toContainText("activates");
  await cowscope.drop("next.img", invalidated());
  await expect(cowscope.title).toContainText("invalidated");
  await expect(page.getByText("is taken for the COW image")).toHaveCount(0);
  await page.goBack();
  await expect(cowscope.verdict).toContainText("activates");
  await page.getByRole("tab", { name: "Snapshot" }).click();
  await expect(cowscope.snapshot).toContainText("sha256");
});

test("two stores: both verdicts, and one of them opened", async ({ cowscope, page }) => {
  await cowscope.dropFiles(["a.img", healthy()], ["b.img", invalidated()]);
  await expect(cowscope.title).toHaveText("2 COW stores in a.img, b.img");
  await page.getByRole("row", { name: /^b\.img/ }).click();
  await expect(cowscope.title).toContainText("invalidated");
});

test("a store among other files is opened, and the others are named", async ({
  cowscope,
  page,
}) => {
  await cowscope.dropFiles(["one.gz", gzip()], ["cow.img", healthy()], ["root.img", ORIGIN]);
  await expect(cowscope.verdict).toContainText("activates");
  await expect(page.getByText("2 other files (one.gz, root.img) left alone")).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText("left alone")).toHaveCount(0);
});

test("an empty folder and text are answered, and change nothing", async ({ cowscope, page }) => {
  const folder = join(mkdtempSync(join(tmpdir(), "cowscope-")), "backups");
  mkdirSync(folder);
  const store = join(folder, "cow.img");
  await cowscope.dropPath(folder);
  await expect(page.getByText("backups: there is no file in it")).toBeVisible();
  await expect(cowscope.title).toContainText("Drop a dm-snapshot");
  await cowscope.dropText("lvs -o chunk_size");
  await expect(page.getByText("That is text or a link, and no file")).toBeVisible();
  writeFileSync(store, invalidated());
  await cowscope.dropPath(store);
  await expect(cowscope.title).toContainText("invalidated");
  await expect(page.getByText("That is text")).toHaveCount(0);
});
