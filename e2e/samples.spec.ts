import { readFileSync } from "node:fs";
import { expect, test } from "./support/test.ts";

const samples: { file: string; name: string; title: string }[] = JSON.parse(
  readFileSync(new URL("../src/views/start/samples.json", import.meta.url), "utf8"),
);

test("the sample of a whole disk shows what is in it", async ({ cowscope, page }) => {
  await page.getByRole("button", { name: "A whole disk with two snapshots" }).click();
  await expect(cowscope.title).toHaveText("2 COW stores in disk.img.gz");
  const tree = page.getByRole("treegrid", { name: "What is in it" });
  await expect(tree.getByRole("row", { name: /guestvg\/before/ })).toContainText("healthy");
});

for (const sample of samples.filter(({ file }) => file.endsWith(".img"))) {
  test(`sample ${sample.file} shows its verdict`, async ({ cowscope }) => {
    await cowscope.page.getByRole("button", { name: sample.title }).first().click();
    await expect(cowscope.page.getByRole("banner")).toContainText(sample.name);
    await expect(cowscope.verdict.getByRole("heading")).not.toBeEmpty();
    await expect(cowscope.verdict.getByRole("table")).toContainText(
      /activates|refuses|formats it|starts, invalid|crashes/,
    );
    await expect(cowscope.header.getByRole("grid")).toBeVisible();
    await expect(cowscope.area.getByRole("grid").first()).toBeVisible();
  });
}
