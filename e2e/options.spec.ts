import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { damaged, healthy } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const COMMAND = fileURLToPath(new URL("../bin/cowscope.js", import.meta.url));

test("the same image is checked again under other options", async ({ cowscope, page }) => {
  await cowscope.pick("a.img", healthy());
  await expect(cowscope.findings).toContainText("Nothing is wrong");
  await page.getByRole("button", { name: "Options" }).click();
  await page.getByLabel("Chunk size, in sectors").fill("16");
  await page.getByLabel("Size of the origin, in sectors").fill("512");
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(cowscope.findings).toContainText("header.chunk-size.overrides-table");
  await expect(cowscope.findings).toContainText("exception.old.beyond-origin");
  await page.getByRole("button", { name: "Options" }).click();
  await expect(page.getByLabel("Chunk size, in sectors")).toHaveValue("16");
});

test("an option that cannot be is refused where it was typed", async ({ cowscope, page }) => {
  await cowscope.pick("a.img", healthy());
  await page.getByRole("button", { name: "Options" }).click();
  const chunk = page.getByLabel("Chunk size, in sectors");
  for (const typed of ["eight", "4294967296"]) {
    await chunk.fill(typed);
    await page.getByRole("button", { name: "Check again" }).click();
    await expect(chunk).toBeVisible();
    expect(await chunk.evaluate((input: HTMLInputElement) => input.validationMessage)).not.toBe("");
  }
});

for (const { kind, ending, options } of [
  { kind: "text", ending: "txt", options: [] },
  { kind: "JSON", ending: "json", options: ["--json"] },
  { kind: "Markdown", ending: "md", options: ["--format", "markdown"] },
  { kind: "HTML", ending: "html", options: ["--format", "html"] },
]) {
  test(`the report as ${kind} is byte for byte what the command prints`, async ({
    cowscope,
    page,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), "cowscope-"));
    const image = join(folder, "damaged.img");
    writeFileSync(image, damaged());
    await cowscope.pickPath(image);
    await page.getByRole("button", { name: "Report" }).click();
    const saved = await cowscope.saved(page.getByRole("button", { name: `Save as ${kind}` }));
    expect(saved.name).toBe(`damaged.img.cowscope.${ending}`);
    const printed = execCheck([...options, image]);
    expect(printed).toContain("damaged.img");
    // The command names the file as it was given, the page by its last part.
    expect(saved.bytes.toString()).toBe(printed.replaceAll(image, "damaged.img"));
    await expect(page.getByRole("button", { name: `Save as ${kind}` })).toBeHidden();
  });
}

/** The command exits with 2 for a damaged store, and prints its report all the same. */
function execCheck(args: string[]): string {
  try {
    return execFileSync(process.execPath, [COMMAND, "check", ...args], {
      encoding: "utf8",
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
