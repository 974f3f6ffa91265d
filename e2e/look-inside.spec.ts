import { diskFolder, diskRow } from "../testing/disk-rows.ts";
import { axeFindings } from "./support/axe.ts";
import { cutOff } from "./support/cut-off.ts";
import { CHUNK_BYTES, damaged, healthy, origin, WILD } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

/** Both chunks, and what of them differs, worked out here. */
function bytesThatDiffer(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, byte, at) => sum + (byte === other[at] ? 0 : 1), 0);
}

test("a byte of the origin leads to its exception and data, and back", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("cow.img", healthy());
  await page.getByRole("tab", { name: "Look up" }).click();
  const panel = page.getByRole("region", { name: "Look up" });
  // Chunk 10 is the second exception's: in chunk 3.
  await panel.getByRole("searchbox", { name: "Number" }).fill(`${10 * CHUNK_BYTES + 5}`);
  await expect(panel.getByRole("status")).toContainText("byte 5 of chunk 10");
  await expect(panel.getByRole("status")).toContainText("chunk 3 of the COW device, byte 0x3005");
  await panel.getByRole("button", { name: "Show area 0, entry 1 in its area" }).click();
  await expect(cowscope.hexByte(cowscope.area, CHUNK_BYTES + 16)).toHaveClass(/selected/);

  await panel.getByLabel("Device").selectOption("COW device");
  await panel.getByLabel("Unit").selectOption("sector");
  await panel.getByRole("searchbox", { name: "Number" }).fill("0x18");
  await expect(panel.getByRole("status")).toContainText("the data of the origin from byte 0xa000");
  await panel.getByRole("searchbox", { name: "Number" }).fill("twelve");
  await expect(panel.getByRole("status")).toContainText("This is no number");
  await expect(panel.getByLabel("What damage costs")).toContainText("No exception costs a byte");
});

test("damage is told in bytes of the origin", async ({ cowscope, page }) => {
  await cowscope.pick("cow.img", damaged());
  await page.getByRole("tab", { name: "Look up" }).click();
  const lost = (WILD.entry * 3 + 7) * CHUNK_BYTES;
  const list = page.getByLabel("What damage costs");
  await expect(list).toContainText("1 chunk (4 KiB): cannot be read from the snapshot");
  await expect(list.getByRole("listitem")).toHaveText(`from byte 0x${lost.toString(16)}, 4 KiB`);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("the data of an exception alone, then beside the origin, byte by byte", async ({
      cowscope,
      page,
    }) => {
      const from = origin(1 << 20);
      await cowscope.pick("cow.img", healthy());
      await cowscope.exceptions.getByRole("row").nth(2).click();
      await cowscope.exceptions.getByRole("button", { name: "Show the data" }).click();
      const dialog = page.getByRole("dialog", { name: "Data of origin chunk 10, in chunk 3" });
      await expect(dialog.getByRole("status")).toContainText("Without the origin");
      await expect(dialog.getByRole("grid")).toHaveCount(1);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);

      await cowscope.pickOrigin("origin.img", from);
      await expect(cowscope.snapshot).toContainText("sha256");
      await page.getByRole("tab", { name: "Exceptions" }).click();
      await cowscope.exceptions.getByRole("button", { name: "Show the data" }).click();
      const data = healthy().subarray(3 * CHUNK_BYTES, 4 * CHUNK_BYTES);
      const now = from.subarray(10 * CHUNK_BYTES, 11 * CHUNK_BYTES);
      const count = bytesThatDiffer(data, now).toLocaleString("en-US");
      await expect(dialog.getByRole("status")).toContainText(
        `${count} bytes of 4,096 bytes differ`,
      );
      await dialog.getByRole("button", { name: "First difference" }).click();
      const first = data.findIndex((byte, at) => byte !== now[at]);
      const cell = (grid: string, offset: number) =>
        dialog.getByRole("grid", { name: grid }).locator(`td[data-offset="${offset}"]`);
      const kept = cell("Bytes of the data chunk", 3 * CHUNK_BYTES + first);
      const beside = cell("Bytes of the origin’s chunk", 10 * CHUNK_BYTES + first);
      for (const one of [kept, beside]) {
        await expect(one).toHaveClass(/selected/);
        await expect(one).toHaveAttribute("aria-label", /differs/);
      }
      // A click in one grid selects the same byte of the chunk in the other.
      await cell("Bytes of the origin’s chunk", 10 * CHUNK_BYTES + 20).click();
      await expect(cell("Bytes of the data chunk", 3 * CHUNK_BYTES + 20)).toHaveClass(/selected/);
      expect(await axeFindings(page)).toEqual([]);
    });
  });
}

test("of a store in a volume group the origin is beside it unasked", async ({ cowscope, page }) => {
  await cowscope.pickPaths(diskFolder(diskRow("fs-ext4")));
  await expect(cowscope.verdict).toContainText("activates");
  await cowscope.exceptions.getByRole("row").nth(1).click();
  await cowscope.exceptions.getByRole("button", { name: "Show the data" }).click();
  await expect(page.getByRole("dialog").getByRole("grid")).toHaveCount(2);
});

test.describe("on a narrow screen", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("nothing is cut off", async ({ cowscope, page }) => {
    await cowscope.pick("cow.img", damaged());
    await page.getByRole("tab", { name: "Look up" }).click();
    await page.getByRole("searchbox", { name: "Number" }).fill("0x7000");
    const panel = page.getByRole("region", { name: "Look up" });
    await panel.getByRole("button", { name: "Show the data" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await cutOff(page)).toEqual([]);
    await panel.getByRole("button", { name: "Show the data" }).click();
    await expect(page.getByRole("dialog").getByRole("grid")).toHaveCount(1);
    expect(await cutOff(page)).toEqual([]);
  });
});
