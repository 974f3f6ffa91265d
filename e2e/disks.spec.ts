import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { cowscope as command } from "../testing/command.ts";
import { diskFolder, diskRow } from "../testing/disk-rows.ts";
import { axeFindings } from "./support/axe.ts";
import type { CowscopePage } from "./support/cowscope-page.ts";
import { cutOff } from "./support/cut-off.ts";
import { damaged, healthy, invalidated } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

const storeOf = (id: string, name: string) => {
  const found = diskRow(id).stores.find((store) => store.name === name);
  if (!found) throw new Error(`${id} has no store ${name}`);
  return found;
};

const tree = (page: Page) => page.getByRole("treegrid", { name: "What is in it" });
const rowOf = (page: Page, name: string) =>
  tree(page).getByRole("row", { name: new RegExp(`^${name.replace(/[/+.]/g, "\\$&")} snapshot`) });
const crumbs = (page: Page) => page.getByRole("navigation", { name: "Where it lies" });

/** Of the open store, with the origin that lies beside it. */
async function readSnapshot({ page, snapshot }: CowscopePage): Promise<void> {
  await page.getByRole("tab", { name: "Snapshot" }).click();
  await snapshot.getByRole("button", { name: "Read the snapshot" }).click();
}

test("a disk: its tree, a store, its snapshot with the origin beside it, and back", async ({
  cowscope,
  page,
}) => {
  await cowscope.pickPaths(diskFolder(diskRow("nested")));
  await expect(cowscope.title).toHaveText("2 COW stores in disk.img");
  const depths = await tree(page)
    .getByRole("row")
    .evaluateAll((rows) => rows.slice(1).map((row) => row.getAttribute("aria-level")));
  expect(depths).toEqual(["1", "2", "3", "4", "5", "6", "6", "3"]);
  await expect(rowOf(page, "guestvg/before")).toContainText("COW store of guestvg/root");
  await expect(rowOf(page, "guestvg/before")).toContainText("healthy");
  await expect(page.getByRole("banner")).toContainText(/read [\d.]+ [KM]iB of 40 MiB/);

  await rowOf(page, "guestvg/before").click();
  await expect(cowscope.verdict).toContainText("activates");
  await expect(crumbs(page)).toHaveText("disk.img › hostvg/guest › partition 1 › guestvg › before");
  await expect(cowscope.verdict).not.toContainText("VG/SNAP");
  await readSnapshot(cowscope);
  const { snapshot_sha256 } = storeOf("nested", "guestvg/before");
  await expect(cowscope.snapshot).toContainText(snapshot_sha256 ?? "none");

  await crumbs(page).getByRole("button", { name: "disk.img" }).click();
  await expect(cowscope.title).toHaveText("2 COW stores in disk.img");
  await expect(rowOf(page, "hostvg/guest-backup")).toContainText("healthy");
  await page.goBack();
  await expect(cowscope.verdict).toContainText("activates");
  expect(page.url()).not.toMatch(/guestvg|disk/);
});

test("arrow keys and Enter open a store, and Back leads to the tree", async ({
  cowscope,
  page,
}) => {
  await cowscope.pickPaths(diskFolder(diskRow("qcow2-v3")));
  await expect(cowscope.title).toHaveText("2 COW stores in disk.qcow2");
  await expect(tree(page)).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(crumbs(page)).toHaveText("disk.qcow2 › vgwrap › good");
  await readSnapshot(cowscope);
  const { snapshot_sha256 } = storeOf("qcow2-v3", "vgwrap/good");
  await expect(cowscope.snapshot).toContainText(snapshot_sha256 ?? "none");
  await page.goBack();
  await expect(cowscope.title).toHaveText("2 COW stores in disk.qcow2");
  await page.goForward();
  await expect(crumbs(page)).toContainText("good");
});

test("a store in a disk is repaired: the copy that is saved is the one that the command writes", async ({
  cowscope,
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "cowscope-"));
  const lvm = new URL("../fixtures/lvm/lvm-a/disk.img.gz", import.meta.url);
  const disk = gunzipSync(readFileSync(lvm));
  const whole = Buffer.from(disk);
  // Where vga/snap2seg begins (fixtures/lvm/lvm-a/vgcfg.txt): its magic.
  disk.fill(0xaa, 27_262_976, 27_262_980);
  writeFileSync(join(folder, "pv.img"), disk);
  await cowscope.pickPath(join(folder, "pv.img"));
  await rowOf(page, "vga/snap2seg").click();
  await expect(cowscope.verdict).toContainText("magic");
  await page.getByRole("link", { name: /Repair/ }).click();
  const salvage = page.getByRole("region", { name: "Salvage" });
  await expect(salvage).toContainText("aaaaaaaa");
  const save = salvage.getByRole("button", { name: /Save the repaired copy/ });
  const saved = await cowscope.saved(save);
  const args = ["--store", "vga/snap2seg", "--level", "salvage", "--out", "out.img"];
  command(["repair", "pv.img", ...args], { cwd: folder });
  expect(saved.bytes.equals(readFileSync(join(folder, "out.img")))).toBe(true);
  // Its first segment, as it was before it was damaged; and the disk is as it was left.
  expect(saved.bytes.subarray(0, 1 << 20).equals(whole.subarray(27_262_976, 28_311_552))).toBe(
    true,
  );
  expect(readFileSync(join(folder, "pv.img")).equals(disk)).toBe(true);
  await crumbs(page).getByRole("button", { name: "pv.img" }).click();
  await expect(rowOf(page, "vga/snap2seg")).toBeVisible();
});

test("a gzip is looked into as well", async ({ cowscope, page }) => {
  await cowscope.pickPaths(diskFolder(diskRow("gzip")));
  await expect(cowscope.title).toHaveText("2 COW stores in disk.img.gz");
  await rowOf(page, "vgwrap/over").click();
  await expect(crumbs(page)).toHaveText("disk.img.gz › vgwrap › over");
  await expect(cowscope.verdict.getByRole("heading")).not.toBeEmpty();
});

test("where there is one store it is opened at once, and the rest is one click away", async ({
  cowscope,
  page,
}) => {
  await cowscope.pickPaths(diskFolder(diskRow("ring-wrap")));
  await expect(crumbs(page)).toHaveText("disk.img › vgring › snap");
  await expect(cowscope.verdict).toContainText("activates");
  await crumbs(page).getByRole("button").click();
  await expect(cowscope.title).toHaveText("1 COW store in disk.img");
  await page.goBack();
  await expect(cowscope.verdict).toContainText("activates");
});

test("two disks of one group are one machine; without one of them it is said what lacks", async ({
  cowscope,
  page,
}) => {
  const [pv0 = "", pv1 = ""] = diskFolder(diskRow("two-pv"));
  await cowscope.pickPaths([pv1, pv0]);
  await expect(cowscope.title).toHaveText("8 COW stores in pv1.img, pv0.img");
  await expect(tree(page).getByRole("row", { name: /^vgtwo volume group/ })).toContainText(
    "on pv1.img and pv0.img",
  );
  await rowOf(page, "vgtwo/d_striped").click();
  await expect(cowscope.verdict).toContainText("activates");
  await readSnapshot(cowscope);
  const { snapshot_sha256 } = storeOf("two-pv", "vgtwo/d_striped");
  await expect(cowscope.snapshot).toContainText(snapshot_sha256 ?? "none");

  await cowscope.pickPaths([pv0]);
  await expect(tree(page)).toContainText("A disk of the volume group vgtwo is missing: pv1");
  await expect(rowOf(page, "vgtwo/s_4k")).toContainText(
    "Hand over all disks of the machine together, the missing one too",
  );
  // A whole one is read all the same.
  await expect(rowOf(page, "vgtwo/s_512k")).toContainText("healthy");
});

test("a disk that is cut short: nothing calls its stores healthy, or asks for another disk", async ({
  cowscope,
  page,
}) => {
  await cowscope.pickPaths(diskFolder(diskRow("mbr-cut")));
  const row = rowOf(page, "vgmbr/before");
  await expect(row).toContainText("incomplete");
  await expect(row).toContainText("copy it again, whole");
  await expect(row).not.toContainText("healthy");
  await expect(row).not.toContainText("all disks");
  await row.click();
  await expect(cowscope.verdict).toContainText("Not all of this store is here");
  await expect(cowscope.verdict).toContainText("copy it again, whole");
});

test("a scheduled merge stands beside the verdict, and what it destroys before what starts it", async ({
  cowscope,
  page,
}) => {
  await cowscope.pickPaths(diskFolder(diskRow("merge-scheduled")));
  await expect(rowOf(page, "vgmerge/back")).toContainText("merging");
  await expect(rowOf(page, "vgmerge/keep")).not.toContainText("merging");
  await rowOf(page, "vgmerge/back").click();
  const { verdict } = cowscope;
  await expect(verdict).toContainText("its merge into the origin is scheduled or under way");
  await expect(verdict).toContainText("the kernel then overwrites the origin");
  await verdict.getByText("How, in 3 steps").click();
  await expect(verdict).toContainText("This destroys what the origin holds now");
  await expect(verdict).toContainText("# vgchange -ay vgmerge");
});

test("a reload of a disk says what to drop, and the same store is open again", async ({
  cowscope,
  page,
}) => {
  const paths = diskFolder(diskRow("qcow2-v3"));
  await cowscope.pickPaths(paths);
  await rowOf(page, "vgwrap/good").click();
  await expect(cowscope.verdict).toContainText("activates");
  await page.reload();
  await expect(cowscope.title).toHaveText("Drop disk.qcow2 here again");
  await cowscope.pickPaths(paths);
  await expect(crumbs(page)).toContainText("good");
});

test("the address of a sample's store leads into the disk", async ({ cowscope, page }) => {
  await page.goto("./#inspect?v=1&sample=nested&in=guestvg%2Fbefore");
  await expect(crumbs(page)).toContainText("before");
  await expect(cowscope.verdict).toContainText("activates");
  await page.goto("./#inspect?v=1&sample=nested&in=nowhere");
  await expect(cowscope.problem).toContainText("There is no store called nowhere");
});

test("a disk without a store: what is in it, and why none was found", async ({
  cowscope,
  page,
}) => {
  await cowscope.pickPaths(diskFolder(diskRow("gpt-none")));
  await expect(cowscope.title).toHaveText("There is no COW store in disk.img");
  await expect(cowscope.problem).toContainText("gpt.none");
  await expect(page.getByRole("banner")).toContainText("no COW store");
});

test("a folder of stores is a table of verdicts that can be sorted and saved", async ({
  cowscope,
  page,
}) => {
  const folder = join(mkdtempSync(join(tmpdir(), "cowscope-")), "fleet");
  mkdirSync(join(folder, "deeper"), { recursive: true });
  writeFileSync(join(folder, "a.img"), healthy());
  writeFileSync(join(folder, "b.img"), damaged());
  writeFileSync(join(folder, "deeper", "c.img"), invalidated());
  await cowscope.dropPath(folder);
  await expect(cowscope.title).toContainText("3 COW stores in fleet/a.img");
  await expect(page.getByText("all stores read")).toBeVisible();
  const table = page.getByRole("grid", { name: "Stores" });
  const names = () =>
    table
      .getByRole("row")
      .evaluateAll((rows) => rows.slice(1).map((row) => row.querySelector("td span")?.textContent));
  expect(await names()).toEqual(["fleet/a.img", "fleet/b.img", "fleet/deeper/c.img"]);
  await table.getByRole("button", { name: "Verdict" }).click();
  await expect(table.getByRole("columnheader", { name: "Verdict" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  expect((await names()).at(-1)).toBe("fleet/a.img");

  const saved = async (name: string): Promise<string> =>
    (await cowscope.saved(page.getByRole("button", { name }))).bytes.toString();
  const csv = (await saved("Save as CSV")).split("\r\n");
  expect(csv[0]).toContain("name,verdict,severity");
  expect(csv[1]).toMatch(/^fleet\/a\.img,healthy,ok,/);
  const lines = (await saved("Save as NDJSON")).trim().split("\n");
  const verdicts = lines.map((line) => JSON.parse(line).verdict.id);
  expect(verdicts).toEqual(["healthy", "damaged", "invalidated"]);
  const html = await saved("Save as HTML");
  expect(html.match(/href="#report-\d"/g)).toHaveLength(3);
  expect(html.match(/<section /g)).toHaveLength(3);

  await table.getByRole("row", { name: /deeper\/c\.img/ }).click();
  await expect(cowscope.title).toContainText("invalidated");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on a disk, nor on a table of stores: ${colorScheme}`, async ({
    cowscope,
    page,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await cowscope.pickPaths(diskFolder(diskRow("two-pv-only-0")));
    await expect(page.getByText("all stores read")).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "As a table" }).click();
    expect(await axeFindings(page)).toEqual([]);
    await rowOfTable(page, "vgtwo/s_512k").click();
    await expect(crumbs(page)).toBeVisible();
    await expect(cowscope.area.getByRole("grid").first()).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
}

const rowOfTable = (page: Page, name: string) =>
  page.getByRole("grid", { name: "Stores" }).getByRole("row", { name: new RegExp(name) });

test("on a screen of 320 px everything can be reached", async ({ cowscope, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await cowscope.pickPaths(diskFolder(diskRow("two-pv-only-0")));
  await expect(page.getByText("all stores read")).toBeVisible();
  expect(await cutOff(page)).toEqual([]);
  await page.getByRole("button", { name: "As a table" }).click();
  expect(await cutOff(page)).toEqual([]);
});
