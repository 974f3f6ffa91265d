import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page, Route } from "@playwright/test";
import { entryOffset, u64Bytes } from "../testing/disk.ts";
import { diskFolder, diskRow } from "../testing/disk-rows.ts";
import { storeOfRow } from "../testing/snapshot-files.ts";
import { axeFindings } from "./support/axe.ts";
import type { CowscopePage } from "./support/cowscope-page.ts";
import { cutOff } from "./support/cut-off.ts";
import { healthy, origin, torn } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const panel = (page: Page) => page.getByRole("tabpanel", { name: "Files" });
const table = (page: Page) => page.getByRole("grid", { name: "Files of the snapshot" });
const row = (page: Page, name: string) =>
  table(page).getByRole("row", { name: new RegExp(`^${name} `) });

/** sha256 by path: what `sha256sum` said of the snapshot as the kernel had it mounted. */
function kernels(id: string): Map<string, string> {
  const url = `../fixtures/disks/${id}/files-read-from-mounted-snapshot.sha256`;
  const lines = readFileSync(new URL(url, import.meta.url), "utf8")
    .trim()
    .split("\n");
  return new Map(lines.map((line) => [line.slice(67), line.slice(0, 64)]));
}

/** The exception whose chunk has the content of /docs/deleted-later.txt and /docs/note30.txt. */
const LOST = 2;

async function openDisk(cowscope: CowscopePage, id: string): Promise<void> {
  await cowscope.pickPaths(diskFolder(diskRow(id)));
  await expect(cowscope.verdict).toContainText("activates");
}

async function openFiles(cowscope: CowscopePage, id: string): Promise<void> {
  await openDisk(cowscope, id);
  await cowscope.page.getByRole("tab", { name: "Files" }).click();
  await expect(row(cowscope.page, "docs")).toBeVisible();
}

test("a disk, its snapshot, a directory, a file: what is saved is what the kernel's mount gave", async ({
  cowscope,
  page,
}) => {
  await openFiles(cowscope, "fs-ext4");
  await expect(panel(page)).toContainText("ext4 “rootfs”, 8 MiB in blocks of 1024 bytes");
  await expect(row(page, "docs")).toContainText("directory");
  await expect(row(page, "numbers.txt")).toContainText("wholefile77.0 KiB2026-11-24 05:57:29");
  await row(page, "docs").click();
  await expect(row(page, "note1.txt")).toBeVisible();
  // The origin has it no more.
  await row(page, "deleted-later.txt").click();
  const chosen = panel(page).getByRole("region", { name: "Chosen file" });
  await expect(chosen).toContainText("/docs/deleted-later.txt 0644, 29 bytes");
  const saved = await cowscope.saved(panel(page).getByRole("button", { name: "Save the file" }));
  expect(saved.name).toBe("deleted-later.txt");
  const sha256 = createHash("sha256").update(saved.bytes).digest("hex");
  expect(sha256).toBe(kernels("fs-ext4").get("/docs/deleted-later.txt"));
  await expect(panel(page).getByRole("status")).toHaveText("Saved as deleted-later.txt.");
  await page.getByRole("navigation", { name: "Directory" }).getByRole("button").click();
  await expect(row(page, "numbers.txt")).toBeVisible();
  await expect(chosen).toHaveCount(0);
});

/** The store in fs-ext4 with an exception that leads nowhere, and its origin. */
async function damagedDisk(): Promise<{ cow: Uint8Array; origin: Uint8Array }> {
  const { cow, origin: now } = await storeOfRow("fs-ext4");
  const [store, whole] = await Promise.all(
    [cow, now].map((source) => source.read([{ offset: 0, length: source.size }])),
  );
  if (!store || !whole) throw new Error("one of two is not there");
  store.set(u64Bytes(1n << 40n), entryOffset(LOST, 8) + 8);
  return { cow: store, origin: whole };
}

test("what damage touches is told in words, and saved with zeros", async ({ cowscope, page }) => {
  const { cow, origin: now } = await damagedDisk();
  await cowscope.pick("cow.img", cow);
  await cowscope.pickOrigin("origin.img", now);
  await expect(cowscope.snapshot).toContainText("sha256");
  await page.getByRole("tab", { name: "Files" }).click();
  await row(page, "docs").click();
  await expect(row(page, "deleted-later.txt")).toContainText(
    "touched by damage: its content cannot be read",
  );
  await row(page, "deleted-later.txt").click();
  await expect(panel(page).getByRole("region", { name: "Chosen file" })).toContainText(
    "its content cannot be read, 29 bytes at byte 0 of the file",
  );
  const save = panel(page).getByRole("button", {
    name: "Save it, with zeros for what cannot be read",
  });
  const { bytes } = await cowscope.saved(save);
  expect(bytes).toEqual(Buffer.alloc(29));
  await expect(panel(page).getByRole("status")).toContainText("29 bytes of it cannot be read");
});

test("arrow keys and Enter open a directory of an XFS, and an address leads to the tab", async ({
  cowscope,
  page,
}) => {
  await openFiles(cowscope, "fs-xfs");
  await expect(page).toHaveURL(/panel=files/);
  await table(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Directory" })).toHaveText("/docs");
  await expect(row(page, "note1.txt")).toContainText("whole");
});

test("without an origin, a file system or a snapshot one sentence says so", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("cow.img", healthy());
  await page.getByRole("tab", { name: "Files" }).click();
  await expect(panel(page)).toContainText("Drop the origin as it is now");
  await cowscope.pickOrigin("origin.img", origin(1 << 20));
  await expect(cowscope.snapshot).toContainText("sha256");
  await page.getByRole("tab", { name: "Files" }).click();
  await expect(panel(page)).toContainText(
    "The snapshot does not begin with a file system that is read here (ext2, ext3, ext4 or XFS)",
  );
  await cowscope.pick("cow.img", torn());
  await page.getByRole("tab", { name: "Files" }).click();
  await expect(panel(page)).toContainText("The kernel does not activate this store");
});

test("a list that takes long is stopped by Esc, and begun again", async ({ cowscope, page }) => {
  const waiting: Route[] = [];
  await page.route("**/assets/held-files-*.js", (route) => void waiting.push(route));
  await openDisk(cowscope, "fs-ext4");
  await page.getByRole("tab", { name: "Files" }).click();
  await expect(panel(page).getByRole("status")).toContainText("listing /");
  await page.keyboard.press("Escape");
  await expect(panel(page).getByRole("status")).toHaveText("Stopped: / was not listed.");
  for (const route of waiting) await route.continue();
  await panel(page).getByRole("button", { name: "List the files" }).click();
  await expect(row(page, "docs")).toBeVisible();
});

for (const [chunk, what] of [
  ["held-files", "lists files"],
  ["FilesPanel", "shows files"],
] as const) {
  test(`what ${what} says so where its code does not arrive`, async ({ cowscope, page }) => {
    await page.route(`**/assets/${chunk}-*.js`, (route) => route.abort());
    await openDisk(cowscope, "fs-ext4");
    await page.getByRole("tab", { name: "Files" }).click();
    await expect(panel(page)).toContainText(`The part of this page that ${what} did not arrive`);
    await expect(cowscope.verdict).toContainText("activates");
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} px`, () => {
      test.use({ colorScheme, viewport });

      test("axe finds nothing, and nothing is cut off", async ({ cowscope, page }) => {
        test.slow();
        const { cow, origin: now } = await damagedDisk();
        await cowscope.pick("cow.img", cow);
        await cowscope.pickOrigin("origin.img", now);
        await expect(cowscope.snapshot).toContainText("sha256");
        await page.getByRole("tab", { name: "Files" }).click();
        await row(page, "docs").click();
        await row(page, "deleted-later.txt").click();
        const save = page.getByRole("button", {
          name: "Save it, with zeros for what cannot be read",
        });
        await expect(save).toBeInViewport();
        expect(await axeFindings(page)).toEqual([]);
        expect(await cutOff(page)).toEqual([]);
        if (process.env.SHOTS)
          await page.screenshot({
            path: `${process.env.SHOTS}/${colorScheme}-${viewport.width}.png`,
            fullPage: true,
          });
      });
    });
  }
}
