import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { healthy } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

/** Unpacks to 100 GiB of zeros: nobody waits for its end. */
const MEMBER = gzipSync(Buffer.alloc(128 << 20), { level: 9 });
const MEMBERS = 800;

let path = "";
test.beforeAll(() => {
  path = join(mkdtempSync(join(tmpdir(), "cowscope-")), "disk.img.gz");
  writeFileSync(path, Buffer.concat(Array.from({ length: MEMBERS }, () => MEMBER)));
});
test.afterAll(() => rmSync(dirname(path), { recursive: true }));

test("a stream that is gone through stops at Escape and at Cancel, and it is said", async ({
  cowscope,
}) => {
  const { page } = cowscope;
  await cowscope.pickPath(path);
  await expect(page.getByRole("banner")).toContainText(/looking into it, read [\d.]+ MiB of/);
  await page.keyboard.press("Escape");
  await expect(cowscope.problem).toContainText("cancelled");
  await page.getByRole("button", { name: "Check it again" }).click();
  await expect(page.getByRole("banner")).toContainText(/looking into it, read [\d.]+ MiB of/);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(cowscope.problem).toContainText("cancelled");
  await cowscope.pick("next.img", healthy(3));
  await expect(cowscope.title).toContainText("nothing is wrong");
});
