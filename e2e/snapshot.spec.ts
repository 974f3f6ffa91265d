import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHUNK_BYTES, damaged, exceptions, healthy, origin, WILD } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const ORIGIN_BYTES = 1 << 20;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The origin with each chunk that an exception names taken from the store, or zeroed. */
function expected(store: Uint8Array, from: Uint8Array, count: number, lost: bigint | null = null) {
  const bytes = from.slice();
  for (const { old, new: kept } of exceptions(count)) {
    const at = Number(old) * CHUNK_BYTES;
    if (at >= bytes.length) continue;
    const data = Number(kept) * CHUNK_BYTES;
    if (old === lost) bytes.fill(0, at, at + CHUNK_BYTES);
    else bytes.set(store.subarray(data, data + CHUNK_BYTES), at);
  }
  return bytes;
}

test("a dropped origin gives the snapshot's hash, and the store stays open", async ({
  cowscope,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await cowscope.drop("cow.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  await cowscope.dropAsOrigin("origin.img", origin(ORIGIN_BYTES));
  const hash = sha256(expected(healthy(), origin(ORIGIN_BYTES), 20));
  await expect(cowscope.snapshot).toContainText(hash);
  await expect(cowscope.snapshot).toContainText("1,048,576 bytes (1 MiB), chunks of 4 KiB");
  await expect(cowscope.snapshot).toContainText("of origin.img");
  await expect(cowscope.snapshot).toContainText("the kernel answers every read");
  await expect(page.getByRole("banner")).toContainText("cow.img");
  await page.getByRole("button", { name: "Copy sha256" }).click();
  await expect(cowscope.snapshot.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(hash);
});

test("chunks that cannot be read are listed, and count as zeros", async ({ cowscope }) => {
  const from = origin(4 * ORIGIN_BYTES);
  await cowscope.pick("cow.img", damaged());
  await expect(cowscope.verdict).toContainText("damaged");
  await cowscope.pickOrigin("origin.img", from);
  const lost = BigInt(WILD.entry * 3 + 7);
  await expect(cowscope.snapshot).toContainText(sha256(expected(damaged(), from, 600, lost)));
  await expect(cowscope.snapshot).toContainText(`1 chunk answered with EIO, zeros here: ${lost}`);
});

test("it is saved as a download where the page cannot ask for a file", async ({
  cowscope,
  page,
}) => {
  await cowscope.pick("cow.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
  await cowscope.pickOrigin("origin.img", origin(ORIGIN_BYTES));
  const saved = await cowscope.saved(page.getByRole("button", { name: "Save the snapshot" }));
  expect(saved.name).toBe("cow.snapshot.img");
  const content = expected(healthy(), origin(ORIGIN_BYTES), 20);
  expect(sha256(saved.bytes)).toBe(sha256(content));
  await expect(cowscope.snapshot).toContainText("Saved as cow.snapshot.img");
});

test("it is written to the file that was chosen", async ({ cowscope, page }) => {
  await cowscope.pick("cow.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  // The dialog is the browser's own; a file of the page's private folder stands in for its answer.
  await page.evaluate(() => {
    const showSaveFilePicker = async () =>
      (await navigator.storage.getDirectory()).getFileHandle("chosen.img", { create: true });
    Object.assign(window, { showSaveFilePicker });
  });
  await cowscope.pickOrigin("origin.img", origin(ORIGIN_BYTES));
  await page.getByRole("button", { name: "Save the snapshot" }).click();
  await expect(cowscope.snapshot).toContainText("Saved as chosen.img");
  const written = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await (await folder.getFileHandle("chosen.img")).getFile();
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  });
  expect(written.join("")).toBe(sha256(expected(healthy(), origin(ORIGIN_BYTES), 20)));
});

test("an origin that is too short is a problem of the panel alone", async ({ cowscope, page }) => {
  await cowscope.pick("cow.img", healthy());
  await page.getByRole("button", { name: "Options" }).click();
  await page.getByLabel("Size of the origin, in sectors").fill("4096");
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(cowscope.exceptions.getByRole("grid")).toBeVisible();
  await cowscope.pickOrigin("short.img", origin(ORIGIN_BYTES));
  await expect(cowscope.snapshot.getByRole("alert")).toContainText("snapshot.origin");
  await expect(cowscope.snapshot).toContainText("Expected 4096 sectors, found 2048 sectors");
  await expect(cowscope.verdict).toContainText("activates");
  await cowscope.pickOrigin("whole.img", origin(2 * ORIGIN_BYTES));
  await expect(cowscope.snapshot).toContainText("2,097,152 bytes");
});

test("a store that is refused has no snapshot, and takes no origin", async ({ cowscope, page }) => {
  await cowscope.openSample("A header torn by an exception");
  await page.getByRole("tab", { name: "Snapshot" }).click();
  await expect(cowscope.snapshot).toContainText("The kernel does not activate this store");
  await expect(page.getByRole("button", { name: "Choose the origin" })).toHaveCount(0);
});

test("a long read is stopped, and read again", async ({ cowscope, page }) => {
  const path = join(mkdtempSync(join(tmpdir(), "cowscope-")), "origin.img");
  const file = openSync(path, "w");
  ftruncateSync(file, 2 ** 35);
  closeSync(file);
  await cowscope.pick("cow.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  await page.getByLabel("Origin", { exact: true }).setInputFiles(path);
  await expect(cowscope.snapshot.getByRole("progressbar")).toBeVisible();
  await expect(cowscope.snapshot).toContainText(/MiB of 32 GiB/);
  await cowscope.snapshot.getByRole("button", { name: "Cancel" }).click();
  await expect(cowscope.snapshot.getByRole("alert")).toContainText("cancelled");
  await cowscope.snapshot.getByRole("button", { name: "Read it again" }).click();
  await expect(cowscope.snapshot.getByRole("progressbar")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(cowscope.snapshot.getByRole("alert")).toContainText("cancelled");
  // The store is still there to be looked at.
  await page.getByRole("tab", { name: "Exceptions" }).click();
  await expect(cowscope.exceptions.getByRole("row").nth(1)).toBeVisible();
  rmSync(path);
});
