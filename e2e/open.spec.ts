import { damaged, healthy, invalidated } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

test("a dropped image shows its verdict first, then header beside area", async ({ cowscope }) => {
  await cowscope.drop("dropped.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  await expect(cowscope.page.getByRole("banner")).toContainText(
    "dropped.img · 4 MiB · checked 8 KiB: header and 1 area · nothing left this machine",
  );
  const [header, area] = await Promise.all([
    cowscope.header.boundingBox(),
    cowscope.area.boundingBox(),
  ]);
  expect(area?.y).toBe(header?.y);
  expect(area?.x).toBeGreaterThan((header?.x ?? 0) + (header?.width ?? 0));
});

test("the first screen of an open store needs no scrolling", async ({ cowscope }) => {
  await cowscope.pick("damaged.img", damaged());
  await expect(cowscope.verdict).toBeVisible();
  await expect(cowscope.exceptions.getByRole("row").nth(1)).toBeVisible();
  const overflow = await cowscope.page.evaluate(() => {
    const elements = [document.documentElement, document.querySelector("main")];
    return elements.map((element) => (element ? element.scrollHeight - element.clientHeight : -1));
  });
  expect(overflow).toEqual([0, 0]);
});

test("the picker opens an image", async ({ cowscope }) => {
  const chooser = cowscope.page.waitForEvent("filechooser");
  await cowscope.page.getByRole("button", { name: "Choose an image" }).click();
  await (await chooser).setFiles({
    name: "picked.img",
    mimeType: "",
    buffer: Buffer.from(invalidated()),
  });
  await expect(cowscope.title).toContainText("invalidated");
});

test("the window says what a file held over it is for", async ({ cowscope }) => {
  const transfer = await cowscope.page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(1)], "held.img"));
    return data;
  });
  const main = cowscope.page.locator("main");
  await main.dispatchEvent("dragenter", { dataTransfer: transfer });
  await expect(cowscope.page.getByText("Drop it to check this image")).toBeVisible();
  await main.dispatchEvent("dragleave", { dataTransfer: transfer });
  await expect(cowscope.page.getByText("Drop it to check this image")).toBeHidden();
});

test("another image may be dropped while one is open", async ({ cowscope }) => {
  await cowscope.drop("first.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  await cowscope.drop("second.img", invalidated());
  await expect(cowscope.title).toContainText("invalidated");
  await expect(cowscope.page.getByRole("banner")).toContainText("second.img");
});

test("the address of the page may have any base path", async ({ request }) => {
  // As it is served: what Vite adds to it later names whole addresses.
  const html = await (await request.get("./")).text();
  const sources = [...html.matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]*)"/g)];
  expect(sources.length).toBeGreaterThan(4);
  for (const [, source] of sources) expect(source).toMatch(/^\.\//);
});
