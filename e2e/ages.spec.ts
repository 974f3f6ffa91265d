import { ORPHANS, reformatted } from "./support/stores.ts";
import { expect, test } from "./support/test.ts";

/** One of each family that the race leaves; every sample is a store that a kernel left behind. */
const FAMILIES = [
  {
    title: "A header torn by an exception",
    ages: [
      ["2.6.31-rc9 and later", "refuses", "Chunk size is not a power of 2"],
      ["RHEL 5.1 to 5.4", "crashes", "kernel BUG at mm/mempool.c"],
      ["RHEL 5.0", "refuses", "Failed to read snapshot metadata"],
    ],
    merging: "refuses",
    code: "race.header.torn",
    evidence: { buffer: "header", first: 8, last: 15 },
    command: "# lvremove VG/SNAP",
  },
  {
    title: "A header replaced by an exception",
    ages: [
      ["2.6.19 and later", "refuses", "Invalid or corrupt snapshot"],
      ["up to 2.6.18", "starts, invalid", "Invalid/corrupt snapshot"],
    ],
    merging: "refuses",
    code: "race.header.exception",
    evidence: { buffer: "header", first: 0, last: 15 },
    command: "# lvremove VG/SNAP",
  },
  {
    title: "A header wiped to zero",
    ages: [
      ["2.6.33 and later", "formats it", "overwrites area: 1 sector from 1"],
      ["up to 2.6.31", "formats it", "overwrites area: 8 sectors from 8"],
    ],
    merging: "merges nothing",
    code: "race.header.zeroed",
    evidence: { buffer: "header", first: 0, last: 15 },
    command: "pvs --units b --nosuffix -o pv_name,pe_start",
  },
  {
    title: "The header's bytes in the metadata area",
    ages: [
      ["2.6.22 and later", "starts, invalid", "Snapshot is marked invalid."],
      ["2.6.19 to 2.6.21, RHEL 5.0", "refuses", "snapshot is marked invalid"],
    ],
    merging: "does not merge",
    code: "race.area.header",
    evidence: { buffer: "area", first: 4096, last: 4111 },
    command: "# lvremove VG/SNAP",
  },
] as const;

for (const { title, ages, merging, code, evidence, command } of FAMILIES) {
  test(`${code}: what each age does, the evidence, and what to type`, async ({
    cowscope,
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await cowscope.openSample(title);
    const table = cowscope.verdict.getByRole("table");
    for (const [kernels, fate, prints] of ages) {
      const row = table.getByRole("row").filter({ hasText: kernels }).first();
      await expect(row).toContainText(fate);
      await expect(table).toContainText(prints);
    }

    const merge = table.getByRole("row").filter({ hasText: "Merging it" });
    await expect(merge).toContainText(merging);

    const row = cowscope.findings.getByRole("row", { name: code });
    await expect(row).toContainText("fingerprint");
    await row.click();
    const buffer = cowscope[evidence.buffer];
    for (const offset of [evidence.first, evidence.last]) {
      await expect(cowscope.hexByte(buffer, offset)).toHaveClass(/selected/);
    }
    await expect(cowscope.findings.getByText(/Fingerprint: /)).toBeVisible();

    // Nothing is copied unread: the button stands below the commands.
    const copyAll = cowscope.verdict.getByRole("button", { name: "Copy commands" });
    await expect(copyAll).toBeHidden();
    await cowscope.verdict.locator("summary").click();
    await copyAll.click();
    await expect(cowscope.verdict.getByRole("button", { name: "Copied" })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split("\n")).toContain(command);
  });
}

test("each block of commands has a button that copies it, and says what it copied", async ({
  cowscope,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await cowscope.openSample("A header torn by an exception");
  const how = cowscope.verdict.locator("summary");
  await how.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(cowscope.verdict.getByRole("button", { name: "Show the plan" })).toBeFocused();
  await page.keyboard.press("Tab");
  const copy = cowscope.verdict.getByRole("button", { name: "Copy the commands of step 3" });
  await expect(copy).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(cowscope.verdict.getByText("Copied 6 lines, 4 behind a #")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const block = cowscope.verdict.locator("pre").first();
  expect(copied).toBe(await block.textContent());
  expect(copied).toMatch(/^lvs -a .*\npvs .*\n(# \[ ! -e cow\.img \] && .*\n){3}# or /);
  // What destroys stays behind a # in every block, however it is copied.
  for (const commands of await cowscope.verdict.locator("pre").allTextContents()) {
    for (const line of commands.split("\n").filter((one) => /lvremove|of=copy\.img/.test(one)))
      expect(line).toMatch(/^# /);
  }
  await expect(copy).toBeVisible();
});

test("the kernels' rows beside the verdict are not cut at 1440 by 900", async ({ cowscope }) => {
  for (const sample of [
    "A healthy snapshot",
    "A snapshot that ran out of space",
    "A header replaced by an exception",
    "A header wiped to zero",
  ]) {
    await cowscope.page.goto("./");
    await cowscope.openSample(sample);
    const table = cowscope.verdict.getByRole("table");
    await expect(table).toBeVisible();
    const hidden = await table.evaluate((it) => {
      const box = it.parentElement;
      return box === null ? -1 : box.scrollHeight - box.clientHeight;
    });
    expect(hidden, sample).toBe(0);
  }
});

test("where there are more kernels than fit, merging is in sight and a shadow says so", async ({
  cowscope,
}) => {
  await cowscope.openSample("A header torn by an exception");
  const table = cowscope.verdict.getByRole("table");
  const merge = table.getByRole("row").filter({ hasText: "Merging it" });
  const card = await cowscope.verdict.boundingBox();
  const row = await merge.boundingBox();
  expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual(
    (card?.y ?? 0) + (card?.height ?? 0),
  );
  const shadow = () => table.locator("tfoot").evaluate((it) => getComputedStyle(it).boxShadow);
  await expect.poll(shadow).not.toBe("none");
  // At the end of them there is nothing more to scroll to.
  await table.evaluate((it) => it.parentElement?.scrollTo(0, it.scrollHeight));
  await expect.poll(shadow).toBe("none");
});

test("a step that a repair is for leads to its plan", async ({ cowscope, page }) => {
  await cowscope.openSample("A header torn by an exception");
  await cowscope.verdict.locator("summary").click();
  await cowscope.verdict.getByRole("button", { name: "Show the plan" }).click();
  await expect(page).toHaveURL(/#repair/);
  await expect(page.getByText(/risk none/i).first()).toBeVisible();
});

test("ages are told in full beside each other, and nothing below them moves", async ({
  cowscope,
}) => {
  await cowscope.openSample("A header torn by an exception");
  const table = cowscope.verdict.getByRole("table");
  const modern = table.getByRole("button").first();
  const old = table.getByRole("row").filter({ hasText: "crashes" }).getByRole("button");
  const places = async () =>
    Promise.all(
      ["header", "findings"].map((part) =>
        (part === "header" ? cowscope.header : cowscope.findings).boundingBox(),
      ),
    );
  const before = await places();
  if ((await modern.getAttribute("aria-expanded")) === "false") await modern.click();
  await expect(table.getByText("ioctl: error adding target to table")).toBeVisible();
  await old.click();
  await expect(old).toHaveAttribute("aria-expanded", "true");
  await expect(modern).toHaveAttribute("aria-expanded", "true");
  // Both are told in full now: the line stands in either.
  const overrides = table
    .getByRole("definition")
    .filter({ hasText: "overrides table chunk size of 8." });
  await expect(overrides).toHaveCount(2);
  expect(await places()).toEqual(before);
  await old.click();
  await expect(old).toHaveAttribute("aria-expanded", "false");
  await expect(modern).toHaveAttribute("aria-expanded", "true");
});

test("another kernel is asked about", async ({ cowscope, page }) => {
  await cowscope.openSample("A header torn by an exception");
  await page.getByRole("button", { name: "Options" }).click();
  await page.getByLabel("Kernel that the report speaks of").selectOption("2.6.30");
  await page.getByRole("button", { name: "Check again" }).click();
  const old = cowscope.verdict.getByRole("button", { name: "2.6.22 to 2.6.31-rc8" }).first();
  await expect(old).toHaveAttribute("aria-expanded", "true");
  await expect(old).toContainText("2.6.30 to 2.6.31-rc8 as chosen");
});

test("chunk sizes are ranked where the header gives none", async ({ cowscope, page }) => {
  await cowscope.openSample("A header replaced by an exception");
  const rows = cowscope.chunkSizes.getByRole("row");
  await expect(rows.nth(1)).toContainText("8, used here");
  await expect(rows.nth(1)).toContainText("0.90");
  await expect(rows.nth(1)).toContainText("data begins right behind it");
  await expect(rows).toHaveCount(5);
  await page.getByRole("tab", { name: "Chunk size" }).press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Exceptions" })).toBeFocused();
  await expect(cowscope.exceptions).toContainText("The table ends before its first entry");
});

test("an area behind the table's end can be gone to", async ({ cowscope }) => {
  await cowscope.pick("reformatted.img", reformatted());
  await cowscope.findings.getByText("history.reformatted").click();
  await expect(cowscope.area.getByLabel("Go to area, 0 to 1")).toHaveValue(String(ORPHANS.area));
  await expect(cowscope.area).toContainText("the kernel does not read it");
  await expect(cowscope.hexByte(cowscope.area, ORPHANS.offset)).toHaveClass(/selected/);
  const entries = cowscope.area.getByRole("grid", { name: "Entries of area 1" });
  await expect(entries).toHaveAttribute("aria-rowcount", String(ORPHANS.entries + 1));
  await expect(entries.getByText("never read").first()).toBeVisible();
});
