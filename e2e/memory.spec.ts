import type { Page } from "@playwright/test";
import { HeapMeter } from "./support/heap.ts";
import { damaged, healthy } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

/**
 * Memory after many stores and filters in one page. A person's longest day:
 * COWSCOPE_MEMORY_DROPS=100 COWSCOPE_MEMORY_FILTERS=10000 npx playwright test memory
 */
const DROPS = Number(process.env.COWSCOPE_MEMORY_DROPS ?? 12);
const FILTERS = Number(process.env.COWSCOPE_MEMORY_FILTERS ?? 400);
const SETTLED_AFTER = 5;
const ROWS = 600;

// V8's compilers make more and more code of what runs often, and keep it: that is no leak.
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = [
      ...(launchOptions.args ?? []),
      "--js-flags=--no-sparkplug --no-maglev --no-turbofan",
    ];
    await use({ ...launchOptions, args });
  },
});

/** Types filters of the exception table one after the other, each once the last has its answer. */
function filterRows(page: Page, filters: number): Promise<void> {
  return page.evaluate(
    async ([count, rows]) => {
      const field = document.querySelector<HTMLInputElement>('input[type="search"]');
      const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
      const said = () =>
        document.querySelector("[role=tabpanel]:not([hidden]) [role=status]")?.textContent ?? "";
      if (field === null) throw new Error("no filter");
      for (let filter = 0; filter < count; filter += 1) {
        const kept = 1 + (filter % (rows - 1));
        // old_chunk of row n is 3n + 7.
        setValue?.call(field, `7-${7 + 3 * (kept - 1)}`);
        field.dispatchEvent(new Event("input", { bubbles: true }));
        while (!said().startsWith(`${kept} of ${rows}`))
          await new Promise((next) => setTimeout(next));
      }
      setValue?.call(field, "");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    [filters, ROWS] as const,
  );
}

test("memory after many stores and filters is what it was after the first", async ({
  cowscope,
  page,
}) => {
  test.setTimeout(45_000 + DROPS * 5_000 + FILTERS * 60);
  // The filter waits for a pause in typing: here nobody types.
  await page.addInitScript(() => {
    const later = window.setTimeout.bind(window);
    Object.assign(window, {
      setTimeout: (act: () => void, ms?: number) => later(act, ms === 200 ? 0 : ms),
    });
  });
  await page.reload();
  const meter = await HeapMeter.of(page);
  const stores = [damaged(), healthy(ROWS)] as const;
  const open = async (drop: number) => {
    // Measured with the same store open.
    const isMeasured = drop === SETTLED_AFTER - 1 || drop === DROPS - 1;
    await cowscope.drop(`store-${drop}.img`, stores[isMeasured || drop % 2 === 1 ? 1 : 0]);
    await expect(page.getByRole("banner")).toContainText(`store-${drop}.img`);
    await cowscope.exceptions.getByRole("row").nth(1).waitFor();
  };
  for (let drop = 0; drop < SETTLED_AFTER; drop += 1) await open(drop);
  await filterRows(page, SETTLED_AFTER);
  const first = await meter.measure();
  for (let drop = SETTLED_AFTER; drop < DROPS; drop += 1) await open(drop);
  await filterRows(page, FILTERS);
  const last = await meter.measure();
  const kib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
  for (const part of ["page", "workers", "cores"] as const) {
    console.log(
      `${part}: ${kib(first[part])} after ${SETTLED_AFTER} stores, ${kib(last[part])} after ${DROPS} stores and ${FILTERS} filters`,
    );
    expect(first[part]).toBeGreaterThan(0);
    expect(last[part], part).toBeLessThan(first[part] * 1.1);
  }
});

/** What a browser keeps for a document of what stood in it is no leak of ours, but it adds up. */
test("no media query is left behind by the tables of stores that were open", async ({
  cowscope,
  page,
}) => {
  const meter = await HeapMeter.of(page);
  const open = async (drop: number) => {
    await cowscope.drop(`store-${drop}.img`, healthy());
    await expect(page.getByRole("banner")).toContainText(`store-${drop}.img`);
    await cowscope.exceptions.getByRole("row").nth(1).waitFor();
  };
  for (let drop = 0; drop < 3; drop += 1) await open(drop);
  const first = await meter.count("blink::MediaQuerySet");
  for (let drop = 3; drop < 9; drop += 1) await open(drop);
  expect(await meter.count("blink::MediaQuerySet")).toBe(first);
  // The stylesheets' own are counted: it is what it is called.
  expect(first).toBeGreaterThan(0);
});
