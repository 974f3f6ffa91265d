import { axeFindings } from "./support/axe.ts";
import { damaged, gzip, healthy, origin, torn } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

// axe looks at every cell of every grid, which takes it seconds.
test.slow();

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("axe finds nothing on the start page", async ({ cowscope, page }) => {
      await expect(page.getByRole("listitem").first()).toBeVisible();
      expect(await axeFindings(cowscope.page)).toEqual([]);
    });

    for (const [name, bytes] of [
      ["healthy", healthy()],
      ["damaged", damaged()],
      ["torn", torn()],
    ] as const) {
      test(`axe finds nothing on a ${name} store`, async ({ cowscope, page }) => {
        await cowscope.pick(`${name}.img`, bytes);
        await expect(cowscope.area.getByRole("grid").first()).toBeVisible();
        await page.keyboard.press("n");
        expect(await axeFindings(page)).toEqual([]);
      });
    }

    test("axe finds nothing on ages, ranked chunk sizes and fingerprints", async ({
      cowscope,
      page,
    }) => {
      await cowscope.openSample("A header torn by an exception");
      await cowscope.verdict.getByRole("table").getByRole("button").last().click();
      await cowscope.findings.getByText("race.header.torn").click();
      await expect(cowscope.chunkSizes).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    });

    test("axe finds nothing on a snapshot, before and after it is read", async ({
      cowscope,
      page,
    }) => {
      await cowscope.pick("a.img", damaged());
      await page.getByRole("tab", { name: "Snapshot" }).click();
      await expect(cowscope.snapshot).toContainText("Drop the origin");
      expect(await axeFindings(page)).toEqual([]);
      await cowscope.pickOrigin("origin.img", origin(1 << 22));
      await expect(cowscope.snapshot).toContainText("answered with EIO");
      expect(await axeFindings(page)).toEqual([]);
    });

    test("axe finds nothing on a problem screen", async ({ cowscope, page }) => {
      await cowscope.pick("backup.gz", gzip());
      await expect(cowscope.problem).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    });

    test("axe finds nothing in the help and the options", async ({ cowscope, page }) => {
      await cowscope.pick("a.img", healthy());
      await page.getByRole("button", { name: "Options" }).click();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Help" }).click();
      expect(await axeFindings(page)).toEqual([]);
    });
  });
}

test("what changes is told to a screen reader", async ({ cowscope, page }) => {
  await cowscope.pick("torn.img", torn());
  await expect(page.locator("p[role=status]")).toContainText(
    "fatal: Activating this snapshot crashes",
  );
});
