import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { damaged } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

test("the saved HTML opens by itself, reads like the page, and runs nothing", async ({
  cowscope,
  page,
  context,
}) => {
  await cowscope.pick("<img src=x onerror=document.title='run'>.img", damaged());
  await expect(cowscope.findings).toContainText("exception");
  const title = await cowscope.title.textContent();
  await page.getByRole("button", { name: "Report" }).click();
  const saved = await cowscope.saved(page.getByRole("button", { name: "Save as HTML" }));
  const file = join(mkdtempSync(join(tmpdir(), "cowscope-")), "report.html");
  writeFileSync(file, saved.bytes);
  const ticket = await context.newPage();
  const complaints: string[] = [];
  ticket.on("console", (message) => complaints.push(message.text()));
  for (const colorScheme of ["light", "dark"] as const) {
    await ticket.emulateMedia({ colorScheme });
    await ticket.goto(pathToFileURL(file).href);
    const heading = ticket.getByRole("heading", { level: 2 });
    // The page says how bad it is to those who do not see the colour.
    await expect(heading).toContainText(title?.replace(/^\w+: /, "") ?? "");
    await expect(heading).toContainText("<img src=x onerror");
  }
  await expect(ticket).toHaveTitle(/^<img src=x/);
  expect(await ticket.locator("script, img, link").count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("the Markdown is copied, and that is said", async ({ cowscope, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await cowscope.pick("damaged.img", damaged());
  await page.getByRole("button", { name: "Report" }).click();
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^# cowscope report\n/);
  expect(text).toContain("## `damaged.img`: ");
});
