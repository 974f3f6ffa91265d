import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzip, healthy, invalidated } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

/** A file on the disk, since one made in the page neither vanishes nor changes. */
function onDisk(bytes: Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), "cowscope-")), "store.img");
  writeFileSync(path, bytes);
  return path;
}

test("not a store: what it looks like, and its bytes all the same", async ({ cowscope }) => {
  await cowscope.drop("backup.gz", gzip());
  await expect(cowscope.title).toContainText("no COW store in backup.gz");
  await expect(cowscope.problem).toContainText("gzip");
  await cowscope.page.getByRole("button", { name: "Look at its bytes" }).click();
  await expect(cowscope.hexByte(cowscope.header, 0)).toHaveText("1f");
});

test("an empty file", async ({ cowscope }) => {
  await cowscope.drop("empty.img", new Uint8Array(0));
  await expect(cowscope.problem).toContainText("empty");
  await expect(cowscope.problem).toContainText("image.empty");
  await cowscope.drop("next.img", invalidated());
  await expect(cowscope.title).toContainText("invalidated");
});

test("a file that is gone before it is read", async ({ cowscope }) => {
  const path = onDisk(healthy());
  await cowscope.pickPath(path);
  await expect(cowscope.verdict).toContainText("activates");
  // The last that the page reads of itself: behind it, only the new check finds the file gone.
  await expect(cowscope.hexByte(cowscope.area, 4096)).toBeVisible();
  rmSync(path);
  await cowscope.page.getByRole("button", { name: "Options" }).click();
  await cowscope.page.getByRole("button", { name: "Check again" }).click();
  await expect(cowscope.problem).toContainText("image.unreadable");
});

test("a file that changes while it is open", async ({ cowscope }) => {
  const path = onDisk(healthy(600));
  await cowscope.pickPath(path);
  await expect(cowscope.area.getByRole("grid").first()).toBeVisible();
  writeFileSync(path, healthy(700));
  await cowscope.page.keyboard.press("]");
  await expect(cowscope.problem).toContainText("image.changed");
  await expect(cowscope.problem).toContainText("What to do now");
});

test("a core that cannot be loaded is a fault with a way on", async ({ cowscope, page }) => {
  await page.route("**/core*.wasm", (route) => route.fulfill({ body: "not wasm" }));
  await page.reload();
  await cowscope.drop("a.img", healthy());
  await expect(cowscope.problem).toContainText("fault.core");
  await page.unroute("**/core*.wasm");
  await page.getByRole("button", { name: "Check it again" }).click();
  await expect(cowscope.verdict).toContainText("activates");
});

test("a worker that does not start is a fault with a way on", async ({ cowscope, page }) => {
  await page.route("**/store.worker*.js", (route) => route.abort());
  await page.reload();
  await cowscope.drop("a.img", healthy());
  await expect(cowscope.problem).toContainText("fault.worker");
  await page.unroute("**/store.worker*.js");
  await page.getByRole("button", { name: "Check it again" }).click();
  await expect(cowscope.verdict).toContainText("activates");
});

test("a host that serves WebAssembly under another type will do", async ({ cowscope, page }) => {
  await page.route("**/core*.wasm", async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-type": "application/octet-stream" };
    await route.fulfill({ response, headers });
  });
  await page.reload();
  await cowscope.drop("a.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
});

test("a sample that cannot be fetched", async ({ cowscope, page }) => {
  await page.route("**/samples/*.img", (route) => route.fulfill({ status: 404 }));
  await page.getByRole("listitem").first().getByRole("button").click();
  await expect(cowscope.problem).toContainText("could not be fetched");
  await expect(page.getByRole("button", { name: "Check it again" })).toHaveCount(0);
});
