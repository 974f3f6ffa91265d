import { readFileSync } from "node:fs";
import { expect, test } from "./support/test.ts";

const samples: { file: string; name: string; title: string }[] = JSON.parse(
  readFileSync(new URL("../src/views/start/samples.json", import.meta.url), "utf8"),
);

for (const sample of samples) {
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
