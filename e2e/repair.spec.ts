import { createHash } from "node:crypto";
import { axeFindings } from "./support/axe.ts";
import { sideways } from "./support/cut-off.ts";
import { damaged, healthy, WILD, wildOffset } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("a race's store: three levels with their risks, before and after, commands to copy", async ({
  cowscope,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await cowscope.openSample("A header replaced by an exception");
  await page.getByRole("link", { name: /Repair/ }).click();
  const boot = page.getByRole("region", { name: "Boot" });
  await expect(boot).toContainText("risk none");
  await expect(page.getByRole("region", { name: "Salvage" })).toContainText("risk high");
  await expect(page.getByRole("region", { name: "Surgical" })).toContainText(
    "moved from chunk 0 into the area",
  );
  await expect(boot.getByRole("note")).toHaveCount(0);
  for (const name of ["Salvage", "Surgical"]) {
    await expect(page.getByRole("region", { name }).getByRole("note")).toContainText(
      "Do not merge this copy into its origin, read from it only",
    );
  }
  await expect(boot).toContainText("From byte 0 (0x0)");
  await expect(boot).toContainText("536e417000000000");
  await boot.getByText("Every kernel, with it").click();
  await expect(boot.getByRole("table")).toContainText("Snapshot is marked invalid");
  await boot.getByText("Commands", { exact: true }).click();
  await boot.getByRole("button", { name: "Copy: commands" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^\(\n.*\n\[ ! -e .*\.img\.repaired \] \|\| stop /);
  expect(copied).toContain("conv=notrunc");
  const salvage = page.getByRole("region", { name: "Salvage" });
  await salvage.getByText("With the copy").click();
  await expect(salvage).toContainText("losetup --find --show --read-only");
  await expect(salvage).toContainText("This destroys what stands on the COW device now");
  await salvage.getByRole("button", { name: "Copy the commands: with the copy, 2" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    "dmsetup create cow-copy --readonly",
  );
});

test("the repaired copy is saved: the image with the wild new_chunk put back", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("damaged.img", damaged());
  await expect(cowscope.verdict).toContainText("damaged");
  await page.getByRole("link", { name: /Repair/ }).click();
  const surgical = page.getByRole("region", { name: "Surgical" });
  const saved = await cowscope.saved(
    surgical.getByRole("button", { name: /Save the repaired copy/ }),
  );
  expect(saved.name).toBe("damaged.img.surgical.repaired");
  const expected = damaged().slice();
  // Allocation order: entry 44 of area 1 names the chunk that many behind its area's.
  const chunk = 1n + 257n + 1n + BigInt(WILD.index);
  new DataView(expected.buffer).setBigUint64(wildOffset, chunk, true);
  expect(sha256(saved.bytes)).toBe(sha256(expected));
});

test("the plan is saved as the command prints it", async ({ cowscope, page }) => {
  await cowscope.pick("damaged.img", damaged());
  await expect(cowscope.verdict).toContainText("damaged");
  await page.getByRole("link", { name: /Repair/ }).click();
  const button = page.getByRole("button", { name: "Save the plan with all patches" });
  const plan = JSON.parse((await cowscope.saved(button)).bytes.toString());
  expect(plan.schema).toBe("cowscope.repair/1");
  expect(plan.levels.map(({ possible }: { possible: boolean }) => possible)).toEqual([
    false,
    false,
    true,
  ]);
});

test("of a healthy store: nothing to do", async ({ cowscope, page }) => {
  await cowscope.pick("healthy.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  await page.keyboard.press("4");
  await expect(page.getByText("There is nothing to do")).toHaveCount(3);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const width of [1440, 390]) {
      test(`axe finds nothing, and nothing scrolls sideways, ${width} wide`, async ({
        cowscope,
        page,
      }) => {
        test.slow();
        await page.setViewportSize({ width, height: 844 });
        await cowscope.openSample("A header replaced by an exception");
        await page.getByRole("link", { name: /Repair/ }).click();
        await expect(page.getByRole("region", { name: "Surgical" })).toContainText("risk high");
        for (const more of await page.locator("summary").all()) await more.click();
        expect(await axeFindings(page)).toEqual([]);
        expect(await sideways(page)).toBe(0);
      });
    }
  });
}
