import { rmSync } from "node:fs";
import { writeLongStore } from "./support/long-store.ts";
import { invalidated } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

/** So many areas that a check is still running when someone wants to stop it. */
const ENDLESS_AREAS = 60_000;
/** Enough for a verdict on the way, and for more rows than a list has slots. */
const LONG_AREAS = 12_000;
const ROWS_PER_AREA = 32;

let path = "";
let longPath = "";
test.beforeAll(() => {
  path = writeLongStore(ENDLESS_AREAS);
  longPath = writeLongStore(LONG_AREAS);
});
test.afterAll(() => {
  rmSync(path);
  rmSync(longPath);
});

test("the verdict so far stands before the last area is read, and Cancel stops", async ({
  cowscope,
}) => {
  await cowscope.pickPath(path);
  await expect(cowscope.verdict).toContainText("so far");
  await expect(cowscope.page.getByRole("banner")).toContainText(/\d+ areas, .* so far/);
  await cowscope.page.getByRole("button", { name: "Cancel" }).click();
  await expect(cowscope.problem).toContainText("cancelled");
  await cowscope.page.getByRole("button", { name: "Back to the start" }).click();
  await expect(cowscope.title).toContainText("Drop");
});

test("how long the table is stands there at once, and nothing is held to be proven", async ({
  cowscope,
}) => {
  await cowscope.pickPath(path);
  const total = ENDLESS_AREAS * ROWS_PER_AREA;
  await expect(cowscope.verdict).toContainText(
    `${total.toLocaleString("en-US")} exceptions so far as the ends show; reading all of them`,
  );
  const bar = cowscope.verdict.getByRole("progressbar", { name: "Reading the exceptions" });
  await expect(bar).toHaveAttribute("max", String(total));
  const done = async () => Number(await bar.getAttribute("value"));
  const first = await done();
  expect(first).toBeLessThan(total);
  await expect.poll(done).toBeGreaterThan(first);
  await expect(cowscope.title).not.toContainText("activates");
  await expect(cowscope.verdict).not.toContainText("Nothing needs to be done");
  const areas = (ENDLESS_AREAS + 1).toLocaleString("en-US");
  await expect(cowscope.page.getByRole("banner")).toContainText(` of ${areas} areas`);
});

test("Escape cancels, and the check can be taken up again", async ({ cowscope }) => {
  await cowscope.pickPath(path);
  await expect(cowscope.verdict).toContainText("so far");
  await cowscope.page.keyboard.press("Escape");
  await expect(cowscope.problem).toContainText("cancelled");
  await cowscope.page.getByRole("button", { name: "Check it again" }).click();
  await expect(cowscope.verdict).toContainText("so far");
});

test("an image dropped during a check takes its place", async ({ cowscope }) => {
  await cowscope.pickPath(path);
  await expect(cowscope.verdict).toContainText("so far");
  await cowscope.drop("second.img", invalidated());
  await expect(cowscope.title).toContainText("invalidated");
  await expect(cowscope.page.getByRole("banner")).toContainText("second.img");
});

test("what is on the screen does not move when the last area has come", async ({ cowscope }) => {
  test.slow();
  await cowscope.pickPath(longPath);
  await expect(cowscope.verdict).toContainText("so far");
  const before = await cowscope.verdict.boundingBox();
  await expect(cowscope.verdict).not.toContainText("so far", { timeout: 90_000 });
  expect((await cowscope.verdict.boundingBox())?.y).toBe(before?.y);
  const last = (LONG_AREAS * ROWS_PER_AREA - 1).toLocaleString("en-US");
  const grid = cowscope.exceptions.getByRole("grid");
  await grid.focus();
  await grid.press("End");
  await expect(cowscope.exceptions.getByText(last, { exact: true })).toBeInViewport();
  await expect(cowscope.exceptions.getByRole("row").last()).not.toContainText("…");
});
