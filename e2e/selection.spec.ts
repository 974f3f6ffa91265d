import type { Locator } from "@playwright/test";
import { CHUNK_BYTES, healthy, torn } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const selected = /selected/;
const hovered = /hovered/;

const field = (buffer: Locator, name: string) =>
  buffer.getByRole("row").filter({ has: buffer.page().getByRole("button", { name, exact: true }) });

test("a byte selects its field in table, hex and ASCII", async ({ cowscope }) => {
  await cowscope.pick("a.img", healthy());
  const { header } = cowscope;
  await cowscope.hexByte(header, 0x0d).click();
  await expect(field(header, "chunk_size")).toHaveClass(selected);
  for (const offset of [0x0c, 0x0d, 0x0e, 0x0f]) {
    await expect(cowscope.hexByte(header, offset)).toHaveClass(selected);
    await expect(cowscope.asciiByte(header, offset)).toHaveClass(selected);
  }
  await expect(cowscope.hexByte(header, 0x0b)).not.toHaveClass(selected);
  await expect(field(header, "version")).not.toHaveClass(selected);
});

test("an ASCII letter and a table row select the same bytes", async ({ cowscope }) => {
  await cowscope.pick("a.img", healthy());
  const { header } = cowscope;
  await cowscope.asciiByte(header, 1).click();
  await expect(field(header, "magic")).toHaveClass(selected);
  await field(header, "version").click();
  await expect(cowscope.hexByte(header, 8)).toHaveClass(selected);
  await expect(cowscope.hexByte(header, 1)).not.toHaveClass(selected);
});

test("the hover goes both ways", async ({ cowscope }) => {
  await cowscope.pick("a.img", healthy());
  const { header, area } = cowscope;
  await cowscope.hexByte(header, 5).hover();
  await expect(field(header, "valid")).toHaveClass(hovered);
  await expect(cowscope.asciiByte(header, 6)).toHaveClass(hovered);
  const entries = area.getByRole("grid", { name: "Entries of area 0" });
  await entries.getByRole("row").nth(3).getByRole("button").first().hover();
  await expect(cowscope.hexByte(area, CHUNK_BYTES + 2 * 16)).toHaveClass(hovered);
  await expect(cowscope.hexByte(header, 5)).not.toHaveClass(hovered);
});

test("a mouse move renders only the cells it leaves and enters", async ({ cowscope }) => {
  await cowscope.pick("a.img", healthy());
  const { header, page } = { header: cowscope.header, page: cowscope.page };
  await cowscope.hexByte(header, 0).hover();
  await page.evaluate(() => {
    const changed = new Set<Node>();
    new MutationObserver((records) => {
      for (const { target } of records) changed.add(target);
      document.body.dataset.changed = String(changed.size);
    }).observe(document.querySelector("main") as Node, { attributes: true, subtree: true });
  });
  await cowscope.hexByte(header, 0x50).hover();
  await expect(cowscope.hexByte(header, 0x50)).toHaveClass(hovered);
  // magic in its row, hex and ASCII, and the one byte entered in hex and ASCII.
  expect(Number(await page.locator("body").getAttribute("data-changed"))).toBeLessThanOrEqual(11);
});

test("an entry of the area is selected by its row, each of its fields by its cell", async ({
  cowscope,
}) => {
  await cowscope.pick("a.img", healthy());
  const { area } = cowscope;
  const entries = area.getByRole("grid", { name: "Entries of area 0" });
  await entries.getByRole("row").nth(2).getByText("committed").click();
  await expect(cowscope.hexByte(area, CHUNK_BYTES + 16)).toHaveClass(selected);
  await expect(cowscope.hexByte(area, CHUNK_BYTES + 31)).toHaveClass(selected);
  await entries.getByRole("row").nth(2).getByRole("button").last().click();
  await expect(cowscope.hexByte(area, CHUNK_BYTES + 16)).not.toHaveClass(selected);
  await expect(cowscope.hexByte(area, CHUNK_BYTES + 24)).toHaveClass(selected);
  await cowscope.hexByte(area, CHUNK_BYTES + 3).click();
  await expect(entries.getByRole("row").nth(1)).toHaveClass(selected);
});

test("bytes in no field are listed and stepped through", async ({ cowscope }) => {
  await cowscope.pick("torn.img", torn());
  const { header } = cowscope;
  await expect(header.getByText("2 runs of bytes in no field")).toBeVisible();
  const next = header.getByRole("button", { name: "Next: bytes in no field" });
  await next.click();
  await expect(cowscope.hexByte(header, 0x30)).toHaveClass(selected);
  await next.click();
  await expect(cowscope.hexByte(header, 0x90)).toHaveClass(selected);
  await expect(next).toBeDisabled();
  await header.getByRole("button", { name: "0x30+2" }).click();
  await expect(cowscope.hexByte(header, 0x31)).toHaveClass(selected);
});
