import { describe, expect, test } from "vitest";
import { ageGroups } from "../src/explain/kernel/age-groups.ts";
import { findKernelAge, KERNEL_AGES } from "../src/protocol/kernel-ages.ts";
import type { AgeOutcome } from "../src/protocol/report.ts";
import { consecutive, fullAreas } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import { type Exception, SNAP_MAGIC } from "./disk.ts";
import { FIXTURES, fixtureBytes } from "./fixtures.ts";
import { mapSnapshot } from "./read-snapshot.ts";
import { buildStore } from "./store-builder.ts";

const IDS = KERNEL_AGES.map(({ id }) => id);
const OLDEST = "2.6.31";
const VALIDATING = IDS.slice(1);

const MEMPOOL_BUG = "kernel BUG at mm/mempool.c";
const overrides = (onDisk: number, table: number) =>
  `device-mapper: persistent snapshot: chunk size ${onDisk} in device metadata overrides table chunk size of ${table}.`;

async function ages(bytes: Uint8Array, tableChunk: number): Promise<Map<string, AgeOutcome>> {
  const { report } = await checkBytes(bytes, { tableChunk });
  return new Map(report.ages.map((outcome) => [outcome.age, outcome]));
}

/** The same field of each age, by its id. */
async function each<K extends keyof AgeOutcome>(bytes: Uint8Array, tableChunk: number, field: K) {
  const outcomes = await ages(bytes, tableChunk);
  return Object.fromEntries(IDS.map((id) => [id, outcomes.get(id)?.[field]]));
}

const chunkSectors = 8;
const exceptions = consecutive(5n, 6, chunkSectors);
const withHeader = (headerChunkSize: number, valid = 1, version = 1) =>
  buildStore({ chunkSectors, exceptions, cowSectors: 1024, headerChunkSize, valid, version });

test("a report has a row for every age, and the row of the age asked about is its answer", async () => {
  for (const kernel of IDS) {
    const { report } = await checkBytes(withHeader(0), { tableChunk: 8, kernel });
    expect(report.ages.map(({ age }) => age)).toEqual(IDS);
    const row = report.ages.find(({ age }) => age === kernel);
    expect(row).toMatchObject(report.kernel);
  }
});

describe("a header torn so that its chunk size is 0", () => {
  const torn = withHeader(0, 0, 4);

  test("before 2.6.31: BUG in mm/mempool.c, with the line about the override before it", async () => {
    expect((await ages(torn, 8)).get(OLDEST)).toMatchObject({
      activates: false,
      crash: MEMPOOL_BUG,
      errno: null,
      dmesg: [overrides(0, 8)],
      dmsetup: null,
      status: null,
    });
  });

  test.each(VALIDATING)("%s refuses it", async (id) => {
    expect((await ages(torn, 8)).get(id)).toMatchObject({
      activates: false,
      crash: null,
      errno: "EINVAL",
      dmesg: [
        overrides(0, 8),
        "device-mapper: persistent snapshot: invalid on-disk chunk size 0: Chunk size is not a power of 2.",
        `device-mapper: table: MAJ:MIN: snapshot: Failed to read snapshot metadata${id === "modern" ? " (-EINVAL)" : ""}`,
        "device-mapper: ioctl: error adding target to table",
      ],
      dmsetup: "Invalid argument",
    });
  });

  test("the page's rows: two fates", async () => {
    const groups = ageGroups([...(await ages(torn, 8)).values()]);
    expect(groups.map(({ kernels, outcome }) => [kernels, outcome.crash ?? outcome.errno])).toEqual(
      [
        ["2.6.31 and later", "EINVAL"],
        ["before 2.6.31 (and RHEL 5 before its backport)", MEMPOOL_BUG],
      ],
    );
  });

  test("with no chunk size in the table the oldest do not look at it", async () => {
    const { dmesg, crash, errno } = (await ages(withHeader(0), 0)).get(OLDEST) ?? {};
    // The default of 32 sectors instead: what lies there is not this store's area.
    expect([dmesg, crash, errno]).not.toContain(MEMPOOL_BUG);
    expect(dmesg?.join()).not.toContain("overrides");
  });
});

describe("before 2.6.31 the header's chunk size is taken as it is", () => {
  test.each([
    // dm_io_client_resize(): 4 for each page as an int, which must be more than none.
    [0xffffffff, { crash: MEMPOOL_BUG, errno: null }],
    [0xfffffff9, { crash: MEMPOOL_BUG, errno: null }],
    [0xfffffff8, { crash: null, errno: "ENOMEM", dmsetup: "Cannot allocate memory" }],
    [2 ** 31, { crash: null, errno: "ENOMEM" }],
    // mempool_resize(): kmalloc() gives no more than 4 MiB.
    [2 ** 20 + 1, { crash: null, errno: "ENOMEM" }],
    [2 ** 20, { crash: null, errno: "EIO" }],
    // Areas at 12 sectors, where this store holds zeros: an empty table.
    [12, { activates: true, crash: null, errno: null, status: "24/1024" }],
  ])("%i", async (size, expected) => {
    const bytes = withHeader(size);
    if (size === 12) bytes.fill(0, 12 * 512, 24 * 512);
    expect((await ages(bytes, 8)).get(OLDEST)).toMatchObject({
      ...expected,
      dmesg: expect.arrayContaining([overrides(size, 8)]),
    });
  });

  test("the version is looked at afterwards", async () => {
    const { dmesg, errno } = (await ages(withHeader(16, 1, 2), 8)).get(OLDEST) ?? {};
    expect(errno).toBe("EINVAL");
    expect(dmesg?.[1]).toContain("unable to handle snapshot disk version 2");
  });
});

describe("the table's own chunk size before 2.6.31", () => {
  const small = buildStore({
    chunkSectors: 2,
    exceptions: consecutive(5n, 6, 2),
    cowSectors: 128,
  });

  test("is rounded up to a page, so that it differs from the header's", async () => {
    const outcomes = await ages(small, 2);
    expect(outcomes.get(OLDEST)).toMatchObject({ activates: true, dmesg: [overrides(2, 8)] });
    for (const id of VALIDATING) expect(outcomes.get(id)?.dmesg, id).toEqual([]);
  });

  test("so that 12 is good, and 24 is not", async () => {
    const refused = "Couldn't create exception store";
    expect((await ages(withHeader(16), 12)).get(OLDEST)?.dmesg).toEqual([]);
    expect((await ages(withHeader(16), 24)).get(OLDEST)?.dmesg[0]).toContain(refused);
    expect((await ages(withHeader(16), 12)).get("2.6.32")?.dmesg[0]).toContain(refused);
  });

  test("a table of 0 keeps the default, right or wrong; later the header's counts", async () => {
    const status = await each(buildStore({ chunkSectors: 32, exceptions: [] }), 0, "status");
    expect(status[OLDEST]).toBe("64/64");
    // 8-sector chunks read as 32: its area would be at sector 32, where data lies.
    const other = await ages(withHeader(8), 0);
    expect(other.get(OLDEST)?.status).not.toBe(other.get("2.6.32")?.status);
    expect(other.get("2.6.32")).toMatchObject({ activates: true, dmesg: [], status: "64/1024" });
  });
});

test("status: no metadata sectors before 2.6.33, next_free on a metadata chunk before 3.12", async () => {
  const full = FIXTURES.find(({ id }) => id === "full1-c8");
  if (!full) throw new Error("no fixture full1-c8");
  const before = "2064/2160";
  const after = "2072/2160 24";
  expect(await each(fixtureBytes(full), 8, "status")).toEqual({
    "2.6.31": before,
    "2.6.32": before,
    "2.6.33": `${before} 24`,
    "3.12": after,
    "3.13": after,
    "3.14-rc": after,
    "5.2": after,
    modern: after,
  });
  const groups = ageGroups([...(await ages(fixtureBytes(full), 8)).values()]);
  expect(groups.map(({ kernels }) => kernels)).toEqual(["3.12 and later", "up to 3.11"]);
});

test("the errno behind the table line: from 5.16 on", async () => {
  const bytes = buildStore({ chunkSectors, exceptions, magic: SNAP_MAGIC - 1 });
  for (const [id, { dmesg, errno }] of await ages(bytes, 8)) {
    expect(errno, id).toBe("ENXIO");
    expect(dmesg.join().includes("(-ENXIO)"), id).toBe(id === "modern");
  }
});

test("a healthy store is one row: every kernel", async () => {
  const groups = ageGroups([...(await ages(withHeader(8), 8)).values()]);
  expect(groups.map(({ kernels }) => kernels)).toEqual(["every kernel"]);
});

describe("a run that grows past 255", () => {
  const full = (old: number): Exception => ({ old: BigInt(old), new: 9n | (255n << 56n) });
  const below: Exception = { old: 9n, new: 8n };
  const store = (table: Exception[]) =>
    buildStore({ chunkSectors, exceptions: table, cowSectors: 1024 });
  const LINES = {
    "2.6.31": "dm-exception-store.h",
    "2.6.32": "dm-exception-store.h:132",
    "2.6.33": "dm-exception-store.h:155",
    "3.12": "dm-exception-store.h:155",
    "3.13": "dm-exception-store.h:155",
    "3.14-rc": "dm-exception-store.h:155",
    "5.2": "dm-exception-store.h:156",
    modern: "dm-exception-store.h:156",
  };

  test("is a BUG in all of them, each with its own line", async () => {
    const crashes = await each(store([full(10), below]), 8, "crash");
    const expected = Object.entries(LINES).map(([id, line]) => [
      id,
      `kernel BUG at drivers/md/${line}`,
    ]);
    expect(crashes).toEqual(Object.fromEntries(expected));
  });

  test("one that a duplicate hides from who walks forwards, but not from who walks backwards", async () => {
    const hidden = store([{ old: 10n, new: 50n }, full(10), below]);
    const crashes = await each(hidden, 8, "crash");
    const crashed = Object.keys(crashes).filter((id) => crashes[id] !== null);
    expect(crashed).toEqual(IDS.filter((id) => id !== "5.2" && id !== "modern"));
  });
});

test("of two exceptions for one chunk the latest wins up to 5.1, from 5.2 on the earliest", async () => {
  const duplicates = [
    { old: 5n, new: 2n },
    { old: 5n, new: 9n },
  ];
  const bytes = buildStore({ chunkSectors, exceptions: duplicates, cowSectors: 1024 });
  for (const kernel of IDS) {
    const map = await mapSnapshot(bytes, 80n, { tableChunk: 8, kernel });
    const copies = [...(map?.extents(1 << 20) ?? [])].filter(({ from }) => from === "cow");
    const wins = kernel === "5.2" || kernel === "modern" ? 2 : 9;
    expect(copies, kernel).toEqual([
      { from: "cow", at: 5 * 4096, offset: wins * 4096, length: 4096 },
    ]);
  }
});

test("exactly full areas are followed by every age", async () => {
  const bytes = buildStore({ chunkSectors: 1, exceptions: fullAreas(2, 1), cowSectors: 200 });
  const activates = await each(bytes, 8, "activates");
  expect(Object.values(activates)).toEqual(IDS.map(() => true));
});

test.each([
  ["2.6.18", "2.6.31"],
  ["2.6.30.10", "2.6.31"],
  ["2.6.31", "2.6.31"],
  ["2.6.31.14", "2.6.32"],
  ["2.6.32", "2.6.32"],
  ["2.6.32-754.el6.x86_64", "2.6.32"],
  ["2.6.39", "2.6.33"],
  ["3.10.0-1160.el7", "2.6.33"],
  ["3.11.10", "2.6.33"],
  ["3.12", "3.12"],
  ["3.14", "3.13"],
  ["3.14-rc", "3.14-rc"],
  ["4.19", "3.13"],
  ["5.1.21", "3.13"],
  ["5.2.0-rc1", "5.2"],
  ["3.14-rc1", "3.14-rc"],
  ["3.12-rc2", "2.6.33"],
  ["2.6.31-rc5", "2.6.31"],
  ["5.15.0", "5.2"],
  ["5.16", "modern"],
  ["6.1.0-56-amd64", "modern"],
  ["modern", "modern"],
])("--kernel %s is the age %s", (text, id) => {
  expect(findKernelAge(text)?.id).toBe(id);
});

test.each(["", "6", "new", "v6.1", "-3.10", "amd64-6.1", "three.ten"])(
  "--kernel “%s” is no kernel",
  (text) => {
    expect(findKernelAge(text)).toBeNull();
  },
);
