import { FIXTURES, fixtureBytes } from "../testing/fixtures.ts";
import { healthy } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

function raced(id: string): Uint8Array {
  const fixture = FIXTURES.find((one) => one.id === id);
  if (fixture === undefined) throw new Error(`no fixture ${id}`);
  return Uint8Array.from(fixtureBytes(fixture));
}

for (const id of ["w1-torn-chunksize0-a", "r4-header-in-area0-c8"]) {
  test(`the replay of ${id} ends in the very bytes that a real kernel left`, async ({
    cowscope,
    replay,
    page,
  }) => {
    const bytes = raced(id);
    await cowscope.pick(`${id}.img`, bytes);
    await cowscope.verdict.getByRole("button", { name: "Replay how it happened" }).click();
    await expect(page.locator("main")).toContainText("as they were found, byte for byte");
    const saved = await cowscope.saved(replay.button("Save this store"));
    expect(saved.bytes.equals(bytes)).toBe(true);
  });
}

test("where no schedule leaves the bytes the replay is called an example", async ({
  cowscope,
  page,
}) => {
  const bytes = raced("r4-header-in-area0-c8");
  // In the area, where the race leaves zeros.
  bytes.fill(0xa5, 4096 + 0x800, 4096 + 0x810);
  await cowscope.pick("also-damaged.img", bytes);
  await cowscope.verdict.getByRole("button", { name: "Replay the race" }).click();
  await expect(page.locator("main")).toContainText("An example: no schedule was found");
});

test("a change of the schedule is taken back and made again", async ({
  cowscope,
  replay,
  page,
}) => {
  await cowscope.pick("raced.img", raced("w1-torn-chunksize0-a"));
  await cowscope.verdict.getByRole("button", { name: "Replay how it happened" }).click();
  await expect(page.locator("main")).toContainText("byte for byte");
  const found = await replay.schedule();
  await expect(replay.button("Undo")).toBeDisabled();
  await replay.button("To the start").click();
  await page.keyboard.press("c");
  await expect.poll(() => replay.schedule()).toMatch(/^C/);
  await expect(page.locator("main")).toContainText("Another schedule than the one");
  const changed = await replay.schedule();
  await page.keyboard.press("Control+z");
  await expect.poll(() => replay.schedule()).toBe(found);
  await page.keyboard.press("Control+Shift+Z");
  await expect.poll(() => replay.schedule()).toBe(changed);
  await replay.button("Back to that one").click();
  await expect.poll(() => replay.schedule()).toBe(found);
  await expect(page.locator("main")).toContainText("byte for byte");
});

test("a drag that would push another step of its own thread stops before it", async ({
  replay,
  page,
}) => {
  await replay.open(10);
  const before = await replay.schedule();
  const from = await replay.steps.getByRole("button", { name: "Step 4, I" }).boundingBox();
  const to = await replay.steps.getByRole("button", { name: "Step 1, I" }).boundingBox();
  if (!from || !to) throw new Error("no steps");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y + to.height / 2, { steps: 4 });
  await page.mouse.up();
  // Step 5, the callback's first, is held over step 17: step 10, its second, bounds it.
  const held = await replay.steps.getByRole("button", { name: "Step 5, C" }).boundingBox();
  const far = await replay.steps.getByRole("button", { name: "Step 17, I" }).boundingBox();
  if (!held || !far) throw new Error("no steps");
  expect(await replay.schedule()).toBe(before);
  await page.mouse.move(held.x + held.width / 2, held.y + held.height / 2);
  await page.mouse.down();
  await page.mouse.move(far.x, far.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => replay.schedule()).toBe("IIIIIIIICCCCIIIII");
});

test("of an intact header the way back says first that it is simply the header", async ({
  cowscope,
  replay,
  page,
}) => {
  await cowscope.pick("healthy.img", healthy());
  await expect(cowscope.verdict).toBeVisible();
  await page.keyboard.press("3");
  await replay.showTab("Backwards");
  await replay.button("Look backwards").click();
  const first = replay.beside.getByRole("status").getByRole("paragraph").first();
  await expect(first).toContainText("This is simply the header as it was written.");
  await page
    .getByLabel("Header bytes, in hex")
    .fill("53 6e 41 70 00 00 00 00 01 00 00 00 08 00 00 00");
  await replay.button("Look backwards").click();
  await expect(first).toContainText("An invalidation that nothing disturbs");
});
