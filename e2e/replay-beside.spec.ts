import { torn } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

test("the tour sets the scene of each stop", async ({ replay }) => {
  await replay.open();
  await replay.showTab("Tour");
  await replay.button("Start the tour").click();
  await expect(replay.beside).toContainText("Stop 1 of 8");
  for (let stop = 2; stop <= 5; stop += 1) await replay.button("Next stop").click();
  await expect(replay.reboot).toContainText("kernel BUG at mm/mempool.c");
  await replay.beside.getByRole("button", { name: /The fix/ }).click();
  await expect(replay.reboot).toContainText("invalidated, as intended");
});

test("a header leads back to the schedules that leave it", async ({ replay, page }) => {
  await replay.open(17);
  await replay.showTab("Backwards");
  await replay.button("Look backwards").click();
  await expect(replay.beside.getByRole("status")).toContainText(/\d+ ways/);
  await expect(replay.beside.getByRole("status")).toContainText("new_chunk 2");
  await replay.beside
    .getByRole("button", { name: /switches$/ })
    .first()
    .click();
  await expect(replay.reboot).toContainText("chunk_size 0");
  await page.getByLabel("Header bytes, in hex").fill("41 ".repeat(4) + "42 ".repeat(12));
  await replay.button("Look backwards").click();
  await expect(replay.beside.getByRole("status")).toContainText("schedules");
});

test("the open store's header is the one to begin with", async ({ cowscope, replay, page }) => {
  await cowscope.pick("torn.img", torn());
  await expect(cowscope.verdict).toBeVisible();
  await page.keyboard.press("3");
  await expect(replay.count).toBeVisible();
  await replay.showTab("Backwards");
  await expect(page.getByLabel("Header bytes, in hex")).toHaveValue(
    "53 6e 41 70 01 00 00 00 02 00 00 00 00 00 00 00",
  );
});

test("alloc_area's ladder is shown for each failure, and the log that Linux prints", async ({
  replay,
}) => {
  await replay.open();
  await replay.showTab("alloc_area");
  const patched = replay.beside.getByRole("table", { name: /Linux 6.1 still has it/ });
  await expect(patched.getByRole("row", { name: /^header_area/ })).toContainText(
    "twice: area, zero_area",
  );
  const cured = replay.beside.getByRole("table", { name: /two NULLs/ });
  await expect(cured).not.toContainText("twice");
  await expect(replay.beside).toContainText("Trying to vfree() nonexistent vm area");
});
