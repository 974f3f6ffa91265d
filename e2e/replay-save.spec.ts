import { healthy } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

test("the store that a schedule leaves, dropped back, is diagnosed", async ({
  cowscope,
  replay,
  page,
}) => {
  await replay.open(3);
  const left = await cowscope.saved(replay.button("Save this store"));
  await cowscope.drop(left.name, left.bytes);
  await expect(cowscope.verdict).toContainText("crashes some old kernels");
  await expect(cowscope.verdict).toContainText("header race on invalidation");
  await cowscope.verdict.getByRole("button", { name: "Replay how it happened" }).click();
  await expect(page.locator("main")).toContainText("as they were found, byte for byte");
});

test("of an open store a copy is saved, and the store itself stays as it is", async ({
  cowscope,
  replay,
  page,
}) => {
  const store = healthy(20);
  await cowscope.pick("snap-cow.img", store);
  await expect(cowscope.verdict).toBeVisible();
  await page.keyboard.press("3");
  await expect(page.locator("main")).toContainText("a copy in memory of snap-cow.img, index 20");
  await replay.beside.getByRole("button", { name: "invalidated, as intended" }).click();
  const left = await cowscope.saved(replay.button("Save this store"));
  expect(left.name).toBe("left-by-the-race-snap-cow.img");
  expect(left.bytes.length).toBe(store.length);
  expect([...left.bytes.subarray(0, 8)]).toEqual([0x53, 0x6e, 0x41, 0x70, 0, 0, 0, 0]);
  expect(left.bytes.subarray(8192).equals(Buffer.from(store.subarray(8192)))).toBe(true);
  await page.keyboard.press("1");
  await expect(cowscope.verdict).toContainText("activates");
  await cowscope.drop(left.name, left.bytes);
  await expect(cowscope.verdict).toContainText(/invalid/i);
});
