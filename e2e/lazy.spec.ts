import { expect, test } from "./support/test.ts";

test("a view whose code does not arrive says so, and a reload brings it", async ({
  cowscope,
  page,
}) => {
  await page.route("**/assets/ReplayView-*.js", (route) => route.abort());
  await cowscope.openSample("A healthy snapshot");
  await page.keyboard.press("2");
  await expect(cowscope.problem).toContainText("The part of this page that shows the replay");
  await expect(cowscope.problem).toContainText("page.incomplete");
  await page.keyboard.press("1");
  await expect(cowscope.verdict).toContainText("activates");
  await page.keyboard.press("2");
  await page.unroute("**/assets/ReplayView-*.js");
  await cowscope.problem.getByRole("button", { name: "Reload the page" }).click();
  await expect(page.getByRole("slider", { name: "Step" })).toBeVisible();
});

test("what shows a store is fetched before one is dropped", async ({ cowscope, page }) => {
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("InspectView-")),
  );
  await page.route("**/assets/*.js", (route) => route.abort());
  await cowscope.openSample("A healthy snapshot");
  await expect(cowscope.verdict).toContainText("activates");
});
