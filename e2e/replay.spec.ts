import { BOOT_CRASH } from "./support/replay-page.ts";
import { expect, test } from "./support/test.ts";

test("the start page leads to the replay, and the replay back", async ({ replay, page }) => {
  await page.getByRole("link", { name: /replay the race/ }).click();
  await expect(replay.count).toBeVisible();
  await replay.button("To the start").click();
  await page.keyboard.press("1");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Drop");
  await page.keyboard.press("3");
  await expect(replay.count).toHaveText(/^step 0 of/);
});

test("scrubbing shows the machine at every step", async ({ replay }) => {
  await replay.open();
  await expect(replay.machine).toContainText("Neither thread has moved yet");
  await expect(replay.reboot).toContainText("valid, as it was");
  await replay.scrub.fill("10");
  await expect(replay.count).toHaveText("step 10 of 17");
  await expect(replay.machine).toContainText("C · step 10 over I");
  await expect(replay.machine).toContainText("It replaces what I wrote in steps 8 and 9");
  await replay.scrub.fill("17");
  await expect(replay.reboot).toContainText("chunk_size 0");
  await expect(replay.reboot).toContainText("kernel BUG at mm/mempool.c");
  await expect(replay.reboot).toContainText("invalid on-disk chunk size 0");
});

test("a step is gone to by pressing it, or a word that it wrote", async ({ replay }) => {
  await replay.open();
  await replay.steps.getByRole("button", { name: "Step 17, I" }).click();
  await expect(replay.count).toHaveText("step 17 of 17");
  const word = replay.machine.getByRole("button", { name: /^version: / }).first();
  await word.hover();
  await expect(replay.machine).toContainText("then 02 00 00 00 by C in step 10");
  await word.click();
  await expect(replay.count).toHaveText("step 10 of 17");
});

test("either thread is stepped by hand, and the schedule follows", async ({ replay }) => {
  await replay.open();
  await replay.button("Step C, the kcopyd callback").click();
  await expect(replay.count).toHaveText(/^step 1 of/);
  expect(await replay.schedule()).toMatch(/^CIIII/);
  await replay.button("Step I, the invalidating thread").click();
  await expect(replay.count).toHaveText(/^step 2 of/);
  expect(await replay.schedule()).toMatch(/^CIIII/);
});

test("a step dragged past one of the other thread makes a new schedule", async ({
  replay,
  page,
}) => {
  await replay.open(10);
  const from = await replay.steps.getByRole("button", { name: "Step 5, C" }).boundingBox();
  const to = await replay.steps.getByRole("button", { name: "Step 3, I" }).boundingBox();
  if (!from || !to) throw new Error("no steps");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => replay.schedule()).toMatch(/^IICII/);
  await replay.button("Move this step behind the other thread’s").click();
  await expect.poll(() => replay.schedule()).toMatch(/^IIICI/);
});

test("after the fix there are two buffers, and the same schedule ends as intended", async ({
  replay,
}) => {
  await replay.open(17);
  await expect(replay.machine.getByRole("heading", { level: 3 }).first()).toContainText(
    "used by both",
  );
  await replay.button("After: two buffers").click();
  await expect(replay.machine.getByRole("heading", { level: 3 }).first()).toContainText(
    "header_area",
  );
  await expect(replay.reboot).toContainText("invalidated, as intended");
  await expect(replay.count).toHaveText("step 17 of 17");
});

test("counts stand side by side, and each is a witness to replay", async ({ replay }) => {
  await replay.open();
  const row = replay.beside.getByRole("row", { name: /wrong magic/ });
  await expect(row).toContainText("425");
  await expect(replay.beside.getByRole("row", { name: /^invalidated/ })).toContainText(
    "10,947 · all",
  );
  await row.getByRole("button").click();
  await expect(row.getByRole("button")).toHaveAttribute("aria-current", "true");
  await replay.button("Step forward").press("End");
  await expect(replay.reboot).toContainText("wrong magic");
});

test("the counts follow the parameters, however large", async ({ replay, page }) => {
  await replay.open();
  await replay.button("Parameters").click();
  await page.getByLabel("index of the next entry").fill("253");
  await page.getByLabel("copies that finish").fill("4");
  await page.getByLabel("one CPU store writes").selectOption("4 bytes");
  await expect(page.locator("main")).toContainText("151,825,486,234");
  await page.getByLabel("one CPU store writes").selectOption("8 bytes");
  await page.getByLabel("copies that finish").fill("1");
  await page.getByLabel("index of the next entry").fill("255");
  await expect(page.locator("main")).toContainText("406,420");
});

test("a link restores the exact step, and a bad one is told of", async ({ replay, page }) => {
  await replay.open(10);
  await expect(replay.count).toHaveText("step 10 of 17");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.url()).toContain("&at=11");
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(replay.count).toHaveText("step 11 of 17");
  expect(await replay.schedule()).toBe("IIIICIIIICCCIIIII");
  await page.goto("about:blank");
  await page.goto(`./${BOOT_CRASH.replace("fix=before", "fix=maybe")}&at=3`);
  await expect(page.getByText("The address cannot be read in full")).toContainText("fix=maybe");
  await expect(replay.count).toHaveText("step 3 of 17");
});

test("with reduced motion nothing moves but the step", async ({ replay, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await replay.open(15);
  const chip = replay.steps.getByRole("button").first();
  const seconds = await chip.evaluate((one) =>
    Number.parseFloat(getComputedStyle(one).transitionDuration),
  );
  expect(seconds).toBeLessThan(0.001);
  await replay.button("▶ Play").click();
  await expect(replay.count).toHaveText("step 17 of 17");
});
