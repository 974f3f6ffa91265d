import { describe, expect, it } from "vitest";
import { diskRow } from "../../../testing/disk-rows.ts";
import { machineOfRow } from "../../../testing/machine.ts";
import type { StoreCheck } from "../../client/store-checks.ts";
import type { FoundStore, MachineTree } from "../../protocol/machine.ts";
import type { Problem } from "../../protocol/problem.ts";
import type { Report } from "../../protocol/report.ts";
import { verdictsCsv, verdictsNdjson } from "./export-verdicts.ts";
import { machineRows } from "./machine-rows.ts";
import { sortedStores } from "./sorted-stores.ts";
import { lackingWords, storeWords } from "./store-words.ts";

const shapeOf = (tree: MachineTree) =>
  machineRows(tree).rows.map(({ level, node }) => `${"  ".repeat(level - 1)}${node.name}`);

describe("the tree of a machine", () => {
  it("puts a group on two disks beside them, and says on which it lies", async () => {
    const { tree } = await machineOfRow(diskRow("two-pv"));
    const { rows } = machineRows(tree);
    expect(shapeOf(tree).slice(0, 4)).toEqual(["pv0.img", "pv1.img", "vgtwo", "  vgtwo/root"]);
    expect(rows[2]?.on).toEqual(["pv0.img", "pv1.img"]);
    expect(rows.filter(({ store }) => store)).toHaveLength(8);
  });

  it("puts a guest's disk into its volume", async () => {
    const { tree } = await machineOfRow(diskRow("nested"));
    expect(shapeOf(tree)).toEqual([
      "disk.img",
      "  hostvg",
      "    hostvg/guest",
      "      partition 1",
      "        guestvg",
      "          guestvg/root",
      "          guestvg/before",
      "    hostvg/guest-backup",
    ]);
  });

  it("has a problem beside what it concerns, and a missing disk in words", async () => {
    const { tree } = await machineOfRow(diskRow("two-pv-only-0"));
    const { rows, elsewhere } = machineRows(tree);
    const group = rows.find(({ node }) => node.kind === "group");
    expect(group?.problems.map(({ code }) => code)).toEqual(["lvm.pv-missing"]);
    expect(elsewhere).toEqual([]);
    const [store] = tree.stores;
    expect(store && lackingWords(store)).toMatch(
      /^Not all there: pv1 .* Hand over all disks .* the missing one too/,
    );
  });

  it("says whose store it is, and why an origin cannot be read", async () => {
    const { tree } = await machineOfRow(diskRow("others"));
    const words = Object.fromEntries(tree.stores.map((one) => [one.name, storeWords(one, tree)]));
    expect(words["vgoth/rootsnap"]).toMatch(/^COW store of vgoth\/\w+, chunks of \d+ KiB$/);
    expect(words["vgoth/thickofthin"]).toContain("that origin cannot be read");
  });
});

const store = (node: number, name: string, bytes: number): FoundStore => ({
  node,
  name,
  layers: [name],
  kind: "bare",
  path: [name],
  bytes,
  lvmChunkSectors: null,
  snapshotBytes: null,
  origin: null,
  merging: false,
  complete: true,
  lacks: null,
  missing: [],
});

const stores = [store(0, "b", 3), store(1, '=a "x", y', 1), store(2, "c", 2), store(3, "d", 4)];
const tree: MachineTree = { images: [], nodes: [], stores, others: [], problems: [] };
const report = (id: string, severity: string, count: string): StoreCheck => ({
  at: "checked",
  report: {
    verdict: { id, severity, title: `It is **${id}**` },
    chunkSize: { sectors: 8 },
    exceptions: { count },
  } as Report,
});
const problem = { code: "image.hole", message: "not all there" } as Problem;
const checks = new Map<number, StoreCheck>([
  [0, report("healthy", "ok", "12")],
  [1, report("crash", "fatal", "7")],
  [2, { at: "problem", problem }],
]);

describe("the table of verdicts", () => {
  it("sorts by each column, worst verdict first and what is not read yet last", () => {
    const order = (key: "name" | "bytes" | "exceptions" | "verdict", down = false) =>
      sortedStores(stores, checks, key, down).map(({ node }) => node);
    expect(order("verdict")).toEqual([1, 2, 0, 3]);
    expect(order("bytes")).toEqual([1, 2, 0, 3]);
    expect(order("bytes", true)).toEqual([3, 0, 2, 1]);
    expect(order("exceptions", true).slice(0, 2)).toEqual([0, 1]);
    expect(stores.map(({ node }) => node)).toEqual([0, 1, 2, 3]);
  });

  it("quotes what a CSV has to, and hands no formula to a spreadsheet", () => {
    const lines = verdictsCsv(tree, checks).split("\r\n");
    expect(lines[1]).toBe("b,healthy,ok,It is healthy,3,8,12,,true,");
    expect(lines[2]).toMatch(/^"'=a ""x"", y",crash,fatal,/);
    expect(lines[3]).toMatch(/,not all there$/);
  });

  it("has a line for each store that was read or could not be", () => {
    const lines = verdictsNdjson(tree, checks)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatchObject({
      schema: "cowscope.report/1",
      image: { name: "c", bytes: null },
      problem: { code: "image.hole" },
    });
  });
});
