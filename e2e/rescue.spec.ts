import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { axeFindings } from "./support/axe.ts";
import { sideways } from "./support/cut-off.ts";
import { healthy } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);
const fixture = (name: string) => gunzipSync(readFileSync(new URL(name, FIXTURES)));

test("what an overflowed store still holds: the risk first, then the image, as the origin was", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("cow.img", fixture("stores/overflow-origwrite-c128.img.gz"));
  await expect(cowscope.verdict).toContainText("invalidated");
  await page.getByRole("link", { name: /Repair/ }).click();
  const rescue = page.getByRole("region", { name: "Rescue" });
  await expect(rescue.getByRole("paragraph").nth(1)).toContainText(/^At your own risk\./);
  await expect(rescue).toContainText("10 chunks of 64 KiB known");
  await rescue.getByText("of the origin", { exact: false }).last().click();
  const saved = await cowscope.saved(
    rescue.getByRole("button", { name: "Save what is known as an image" }),
  );
  expect(saved.name).toBe("cow.img.rescued.img");
  const list = await cowscope.saved(
    rescue.getByRole("button", { name: "Save the ranges as JSON" }),
  );
  const before = fixture("rescue/overflow-origwrite-c128.before.img.gz");
  const expected = Buffer.alloc(saved.bytes.length);
  const { ranges } = JSON.parse(list.bytes.toString());
  for (const { offset, bytes } of ranges) {
    before.copy(expected, Number(offset), Number(offset), Number(offset) + Number(bytes));
  }
  expect(ranges.length).toBeGreaterThan(5);
  expect(saved.bytes.equals(expected)).toBe(true);
});

test("a store that is right has no such panel", async ({ cowscope, page }) => {
  await cowscope.pick("a.img", healthy());
  await page.getByRole("link", { name: /Repair/ }).click();
  await expect(page.getByRole("region", { name: "Surgical" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Rescue" })).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing, and nothing is cut off on a phone: ${colorScheme}`, async ({
    cowscope,
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await cowscope.pick("cow.img", fixture("stores/overflow-origwrite-c128.img.gz"));
    await page.getByRole("link", { name: /Repair/ }).click();
    const rescue = page.getByRole("region", { name: "Rescue" });
    await expect(rescue).toContainText("At your own risk");
    await rescue.getByText("of the origin", { exact: false }).last().click();
    expect(await axeFindings(page)).toEqual([]);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
}
