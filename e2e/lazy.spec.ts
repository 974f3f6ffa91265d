import { readFileSync } from "node:fs";
import { expect, test } from "./support/test.ts";

test("a view whose code does not arrive says so, and a reload brings it", async ({
  cowscope,
  page,
}) => {
  await page.route("**/assets/ReplayView-*.js", (route) => route.abort());
  await cowscope.openSample("A healthy snapshot");
  await page.keyboard.press("3");
  await expect(cowscope.problem).toContainText("The part of this page that shows the replay");
  await expect(cowscope.problem).toContainText("page.incomplete");
  await page.keyboard.press("1");
  await expect(cowscope.verdict).toContainText("activates");
  await page.keyboard.press("3");
  await page.unroute("**/assets/ReplayView-*.js");
  await cowscope.problem.getByRole("button", { name: "Reload the page" }).click();
  await expect(page.getByRole("slider", { name: "Step" })).toBeVisible();
});

test("what shows a store is fetched before one is dropped", async ({ cowscope, page }) => {
  // What is fetched ahead follows the page's load: nothing more is under way then.
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("InspectView-")),
  );
  await page.waitForLoadState("networkidle");
  await page.route("**/assets/*.js", (route) => route.abort());
  await cowscope.openSample("A healthy snapshot");
  await expect(cowscope.verdict).toContainText("activates");
});

test("a disk is not looked into where the code for it does not arrive, and it is said", async ({
  cowscope,
  page,
}) => {
  await page.route("**/assets/containers-*.js", (route) => route.abort());
  await page.reload();
  const disk = readFileSync(new URL("../public/samples/nested.img.gz", import.meta.url));
  await cowscope.pick("disk.img.gz", disk);
  await expect(cowscope.problem).toContainText("The part of this page that looks into disks");
  await expect(cowscope.problem).toContainText("page.incomplete");
  await page.unroute("**/assets/containers-*.js");
  await page.reload();
  await cowscope.pick("disk.img.gz", disk);
  await expect(cowscope.title).toHaveText("2 COW stores in disk.img.gz");
});
