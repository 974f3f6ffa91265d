import { axeFindings } from "./support/axe.ts";
import { sideways } from "./support/cut-off.ts";
import { expect, test } from "./support/test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("axe finds nothing on the replay, whatever stands beside it", async ({ replay, page }) => {
      test.slow();
      await replay.open(17);
      await expect(replay.beside).toContainText("10,947 · all");
      await replay.beside.getByText("Show numbers").click();
      await replay.button("Parameters").click();
      expect(await axeFindings(page)).toEqual([]);
      await replay.button("After: two buffers").click();
      for (const [tab, says] of [
        ["Tour", "stops"],
        ["Backwards", "Look backwards"],
        ["alloc_area", "Linux still has"],
      ] as const) {
        await replay.showTab(tab);
        await expect(replay.beside).toContainText(says);
        expect(await axeFindings(page)).toEqual([]);
      }
    });
  });
}

test("the first screen needs no scrolling", async ({ replay, page }) => {
  await replay.open(null);
  await expect(replay.beside).toContainText("of how often each happens");
  const overflows = await page.evaluate(() =>
    [...document.querySelectorAll("main, main *")]
      .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY))
      .filter((one) => one.scrollHeight > one.clientHeight)
      .map((one) => one.className),
  );
  expect(overflows).toEqual([]);
});

test("everything is done by keyboard", async ({ replay, page }) => {
  await replay.open(0);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press("ArrowRight", "ArrowRight", "ArrowLeft");
  await expect(replay.count).toHaveText("step 1 of 17");
  await press("End");
  await expect(replay.count).toHaveText("step 17 of 17");
  await press("Home", "c");
  await expect(replay.count).toHaveText(/^step 1 of/);
  expect(await replay.schedule()).toMatch(/^CI/);
  await press("i", "i");
  await expect(replay.count).toHaveText(/^step 3 of/);
  await press("Home", "ArrowRight", "Shift+ArrowRight");
  await expect.poll(() => replay.schedule()).toMatch(/^IC/);
  await press(" ");
  await expect(replay.button("❚❚ Pause")).toBeVisible();
  await press(" ");
  await expect(replay.button("▶ Play")).toBeVisible();
  await replay.steps.locator("button[tabindex='0']").focus();
  await press("End");
  await expect(replay.steps.getByRole("button").last()).toBeFocused();
  await replay.beside.getByRole("tab", { name: "Every interleaving" }).focus();
  await press("ArrowRight");
  await expect(replay.beside.getByRole("tab", { name: "Tour" })).toBeFocused();
  await expect(replay.beside).toContainText("Start the tour");
});

test.describe("narrow", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the lanes are one list, and nothing scrolls sideways", async ({ replay, page }) => {
    await replay.open(8);
    const [first, second] = [0, 4].map((at) => replay.steps.getByRole("button").nth(at));
    const [a, b] = [await first?.boundingBox(), await second?.boundingBox()];
    expect(a?.x).toBe(b?.x);
    expect(a?.y).toBeLessThan(b?.y ?? 0);
    await replay.button("Parameters").click();
    for (const tab of ["Every", "Tour", "Backwards", "alloc_area"]) {
      await replay.showTab(tab);
      expect(await sideways(page), tab).toBe(0);
    }
  });
});
