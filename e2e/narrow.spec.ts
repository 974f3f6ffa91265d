import { diskFolder, diskRow } from "../testing/disk-rows.ts";
import { cutOff, sideways } from "./support/cut-off.ts";
import { damaged, gzip, origin, torn } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

test.use({ viewport: { width: 390, height: 844 } });

test("nothing scrolls sideways on a narrow screen", async ({ cowscope, page }) => {
  await expect(page.getByRole("listitem").first()).toBeVisible();
  expect(await sideways(page)).toBe(0);
  await cowscope.pick("damaged.img", damaged());
  await expect(cowscope.exceptions.getByRole("row").nth(1)).toBeVisible();
  expect(await sideways(page)).toBe(0);
  await page.getByRole("tab", { name: "Snapshot" }).click();
  await cowscope.pickOrigin("origin.img", origin(1 << 20));
  await expect(cowscope.snapshot).toContainText("sha256");
  expect(await sideways(page)).toBe(0);
  await cowscope.pick("torn.img", torn());
  await expect(cowscope.chunkSizes).toBeVisible();
  expect(await sideways(page)).toBe(0);
  await cowscope.pick("backup.gz", gzip());
  await expect(cowscope.problem).toBeVisible();
  expect(await sideways(page)).toBe(0);
});

test("verdict, header, area, findings and exceptions stand one under the other", async ({
  cowscope,
}) => {
  await cowscope.pick("damaged.img", damaged());
  await expect(cowscope.area.getByRole("grid").first()).toBeVisible();
  const parts = ["verdict", "header", "area", "findings", "exceptions"] as const;
  const tops: number[] = [];
  for (const part of parts) tops.push((await cowscope[part].boundingBox())?.y ?? -1);
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
});

test("a hex row holds eight bytes", async ({ cowscope }) => {
  await cowscope.pick("damaged.img", damaged());
  const row = cowscope.header.getByRole("grid").getByRole("row").first();
  await expect(row.locator("td[data-offset]")).toHaveCount(8);
});

test("a disk's tree and its table of stores show every verdict and warning, uncut", async ({
  cowscope,
  page,
}) => {
  await cowscope.pickPaths(diskFolder(diskRow("mbr-cut")));
  await expect(page.getByText("all stores read")).toBeVisible();
  for (const [shown, role] of [
    ["As a tree", "treegrid"],
    ["As a table", "grid"],
  ] as const) {
    await page.getByRole("button", { name: shown }).click();
    const table = page.getByRole(role);
    expect(await cutOff(page), shown).toEqual([]);
    // To scroll sideways inside the card would leave them out of view just as well.
    const hidden = await table.evaluate((it) => it.scrollWidth - document.body.clientWidth);
    expect(hidden, shown).toBeLessThanOrEqual(0);
    for (const words of [/^incomplete/, /^problem/, /^Not all there/]) {
      const box = await table.getByText(words).first().boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999), `${shown}: ${words}`).toBeLessThanOrEqual(378);
    }
  }
  await page.getByRole("button", { name: "Exceptions" }).click();
  await expect(page.getByRole("columnheader", { name: "Exceptions" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
});
