import type { Locator, Page } from "@playwright/test";
import type { CowscopePage } from "./support/cowscope-page.ts";
import { cutOff } from "./support/cut-off.ts";
import { damaged, gzip, origin, torn } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

/** Every state of the page that has a face of its own. */
async function* states(cowscope: CowscopePage, page: Page): AsyncGenerator<string> {
  await expect(page.getByRole("listitem").first()).toBeVisible();
  yield "start";
  await cowscope.pick("damaged.img", damaged());
  await cowscope.exceptions.getByRole("row").nth(1).waitFor();
  yield "a damaged store";
  await page.keyboard.press("n");
  yield "its first finding";
  await page.getByRole("tab", { name: "Snapshot" }).click();
  await cowscope.pickOrigin("origin.img", origin(1 << 20));
  await expect(cowscope.snapshot).toContainText("sha256");
  yield "its snapshot";
  await page.getByRole("button", { name: "Options" }).click();
  yield "options";
  await page.keyboard.press("Escape");
  await cowscope.pick("torn.img", torn());
  await expect(cowscope.chunkSizes).toBeVisible();
  await cowscope.verdict.locator("summary").click();
  await cowscope.verdict.getByRole("table").getByRole("button").first().click();
  yield "a torn header, with its advice";
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  yield "help";
  await page.keyboard.press("Escape");
  await cowscope.pick("backup.gz", gzip());
  await expect(cowscope.problem).toBeVisible();
  yield "a problem";
}

for (const [name, viewport] of [
  ["320 px wide", { width: 320, height: 640 }],
  ["at 200 % zoom of 1440 × 900", { width: 720, height: 450 }],
] as const) {
  test.describe(name, () => {
    test.use({ viewport });

    test("all can be read, and the page does not scroll sideways", async ({ cowscope, page }) => {
      for await (const state of states(cowscope, page)) {
        expect(await cutOff(page), state).toEqual([]);
      }
    });

    test("so can the replay", async ({ replay, page }) => {
      await replay.open(8);
      await replay.button("Parameters").click();
      for (const tab of ["Every", "Tour", "Backwards", "alloc_area"]) {
        await replay.showTab(tab);
        expect(await cutOff(page), tab).toEqual([]);
      }
    });
  });
}

/** The point in the middle of each line of an element's words, and what is painted on top there. */
async function isCovered(words: Locator): Promise<boolean> {
  return words.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()].some(({ left, top, width, height }) => {
      const above = document.elementFromPoint(left + width / 2, top + height / 2);
      return above === null || !element.contains(above);
    });
  });
}

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
]) {
  test.describe(`four copies, ${viewport.width} × ${viewport.height}`, () => {
    test.use({ viewport });

    test("what each step did stays in sight", async ({ replay, page }) => {
      await replay.open();
      await replay.button("Parameters").click();
      await page.getByLabel("copies that finish").fill("4");
      await expect(replay.count).toHaveText(/of (2[0-9]|3[0-9])$/);
      await replay.button("Parameters").click();
      const sentence = replay.machine.locator("p", { hasText: /^Step \d+\./ });
      for (const key of ["Home", "ArrowRight", "ArrowRight", "End"]) {
        await page.keyboard.press(key);
        await sentence.scrollIntoViewIfNeeded();
        await expect(sentence).toBeInViewport({ ratio: 1 });
        expect(await isCovered(sentence), key).toBe(false);
      }
    });
  });
}

test.describe("where the system forces its own colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  const outline = (one: Locator) => one.evaluate((it) => getComputedStyle(it).outlineStyle);

  test("the finding that was gone to, and its entry, stand out from the others", async ({
    cowscope,
    page,
  }) => {
    await cowscope.pick("damaged.img", damaged());
    await cowscope.exceptions.getByRole("row").nth(1).waitFor();
    await page.keyboard.press("n");
    const findings = cowscope.findings.getByRole("grid").locator("tbody tr");
    // Dashed as long as it also has the focus.
    await expect.poll(() => outline(findings.first())).toMatch(/^(solid|dashed)$/);
    expect(await outline(findings.nth(1))).toBe("none");
    const entry = cowscope.area.locator("tr[class*=selected]");
    await expect(entry).toHaveCount(1);
    expect(await outline(entry)).toBe("solid");
  });

  test("selected bytes have a frame, and wrong ones a line under them", async ({ cowscope }) => {
    await cowscope.pick("torn.img", torn());
    const border = (offset: number, pseudo?: string) =>
      cowscope
        .hexByte(cowscope.header, offset)
        .evaluate((cell, of) => getComputedStyle(cell, of).borderBottomStyle, pseudo);
    await cowscope.header.getByRole("button", { name: "version" }).click();
    expect(await border(8)).toBe("solid");
    expect(await border(0x20)).toBe("none");
    expect(await border(8, "::after")).toBe("solid");
    expect(await border(0x20, "::after")).toBe("none");
  });

  test("the active tab of a panel is underlined, and drawn so", async ({ cowscope, page }) => {
    await cowscope.pick("damaged.img", damaged());
    await cowscope.exceptions.getByRole("row").nth(1).waitFor();
    const shadow = (name: string) =>
      page.getByRole("tab", { name }).evaluate((tab) => {
        const { boxShadow, forcedColorAdjust } = getComputedStyle(tab);
        return { boxShadow, forcedColorAdjust };
      });
    expect((await shadow("Exceptions")).boxShadow).toContain("inset");
    // Else the system takes the shadow away.
    expect((await shadow("Exceptions")).forcedColorAdjust).toBe("none");
    expect((await shadow("Snapshot")).boxShadow).toBe("none");
  });
});
