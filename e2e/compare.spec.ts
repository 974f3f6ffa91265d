import { diskFolder, diskRow } from "../testing/disk-rows.ts";
import { buildStore } from "../testing/store-builder.ts";
import { axeFindings } from "./support/axe.ts";
import type { CowscopePage } from "./support/cowscope-page.ts";
import { sideways } from "./support/cut-off.ts";
import { exceptions, gzip, healthy } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

async function compare({ page }: CowscopePage, name: string, bytes: Uint8Array) {
  const file = { name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) };
  await page.getByLabel("Image to compare with").setInputFiles(file);
  return page.getByRole("dialog", { name: `Compared with ${name}` });
}

/** 20 exceptions, of which the third lies elsewhere and the last stands for another chunk. */
function changed(): Uint8Array {
  const rows = exceptions(20).map((one, at) =>
    at === 2 ? { ...one, new: 500n } : at === 19 ? { ...one, old: 900n } : one,
  );
  return buildStore({ chunkSectors: 8, exceptions: rows, cowSectors: 8192, valid: 0 });
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("what two stores map alike and what not, side by side", async ({ cowscope, page }) => {
      await cowscope.pick("a.img", healthy());
      await expect(cowscope.verdict).toContainText("activates");
      const dialog = await compare(cowscope, "b.img", changed());
      await expect(dialog.getByRole("status")).toContainText("The two stores differ.");
      await expect(dialog.getByRole("row", { name: "valid 1 0 differs" })).toBeVisible();
      await expect(dialog).toContainText("18 mapped the same in both (72 KiB)");
      const runs = dialog.getByRole("grid", { name: "Runs of origin chunks" });
      await expect(runs.getByRole("row")).toHaveText([
        /Origin chunks/,
        /^13\s*4 KiB\s*other chunk\s*other chunk$/,
        /^64\s*4 KiB\s*mapped\s*—$/,
        /^900\s*4 KiB\s*—\s*mapped$/,
      ]);
      await runs.focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await expect(dialog).toContainText("Origin bytes 0x40000 to 0x40fff, 4,096 bytes");
      await dialog.getByLabel("Show also what is mapped the same").check();
      await expect(runs).toHaveAttribute("aria-rowcount", "22");
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
      await expect(cowscope.verdict).toContainText("activates");
    });
  });
}

test("the same store, a merge under way, and what is no store", async ({ cowscope, page }) => {
  await cowscope.pick("a.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  let dialog = await compare(cowscope, "same.img", healthy());
  await expect(dialog.getByRole("status")).toContainText("every chunk is mapped the same");
  await page.keyboard.press("Escape");
  dialog = await compare(cowscope, "merging.img", healthy(12));
  await expect(dialog.getByRole("status")).toContainText(
    "The right holds the first 12 of the 20 exceptions of the left: the left is later, or the right is being merged.",
  );
  await page.keyboard.press("Escape");
  dialog = await compare(cowscope, "backup.gz", gzip());
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  // The open store is still there to be asked.
  await page.getByRole("tab", { name: "Look up" }).click();
  await page.getByRole("searchbox", { name: "Number" }).fill("0x7000");
  await expect(page.getByRole("region", { name: "Look up" })).toContainText("in chunk 2");
});

test("a disk with one store in it is compared by that, one with several is not", async ({
  cowscope,
  page,
}) => {
  const [disk = ""] = diskFolder(diskRow("fs-ext4"));
  await cowscope.pickPath(disk);
  await expect(cowscope.verdict).toContainText("activates");
  await page.getByLabel("Image to compare with").setInputFiles(disk);
  await expect(page.getByRole("dialog").getByRole("status")).toContainText(
    "every chunk is mapped the same",
  );
  await page.keyboard.press("Escape");
  const [several = ""] = diskFolder(diskRow("nested"));
  await page.getByLabel("Image to compare with").setInputFiles(several);
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("image.several-stores");
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("guestvg/before");
});

test.describe("on a narrow screen", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("nothing scrolls sideways", async ({ cowscope, page }) => {
    await cowscope.pick("a.img", healthy());
    await expect(cowscope.verdict).toContainText("activates");
    const dialog = await compare(cowscope, "b.img", changed());
    await expect(dialog.getByRole("status")).toContainText("differ");
    expect(await sideways(page)).toBe(0);
  });
});
