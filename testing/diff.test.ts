import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkToTheEnd } from "../src/engine/check/check.ts";
import { diffStores } from "../src/engine/diff/diff-stores.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { DiffReport } from "../src/protocol/diff.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { loadCore } from "./check-bytes.ts";
import { cowscope } from "./command.ts";
import type { Exception } from "./disk.ts";
import { fixture, fixtureBytes } from "./fixtures.ts";
import { buildStore } from "./store-builder.ts";

const compiled = await loadCore();

const store = (exceptions: Exception[], chunkSectors = 1, cowSectors = 200) =>
  buildStore({ chunkSectors, exceptions, cowSectors, data: () => new Uint8Array(0) });

const pairs = (...chunks: [number, number][]): Exception[] =>
  chunks.map(([old, chunk]) => ({ old: BigInt(old), new: BigInt(chunk) }));

async function diff(left: Uint8Array, right: Uint8Array) {
  const side = async (name: string, bytes: Uint8Array) => {
    const source = new BytesSource(new Uint8Array(bytes));
    return { name, checked: await checkToTheEnd(compiled, source, DEFAULT_OPTIONS, true) };
  };
  return diffStores(await side("a", left), await side("b", right));
}

const shown = ({ runs }: DiffReport) =>
  runs.map(({ kind, begin, length }) => `${kind} ${begin}+${length}`);

test("same, elsewhere, only here, only there: as runs of origin chunks", async () => {
  const left = store(pairs([5, 2], [6, 3], [7, 4], [20, 5], [40, 6]));
  const right = store(pairs([6, 3], [5, 2], [7, 5], [21, 4], [40, 6]));
  const report = await diff(left, right);
  expect(shown(report)).toEqual([
    "same 5+2",
    "different 7+1",
    "left_only 20+1",
    "right_only 21+1",
    "same 40+1",
  ]);
  expect(report.chunks).toEqual({ same: "3", different: "1", left_only: "1", right_only: "1" });
  expect([report.same, report.header, report.beginning]).toEqual([false, [], null]);
});

test("a table that is how the other begins: a merge, or time", async () => {
  const table = pairs([5, 2], [6, 3], [7, 4], [20, 5]);
  const report = await diff(store(table.slice(0, 2)), store(table));
  expect(report.beginning).toEqual({ side: "left", exceptions: "2", of: "4" });
  expect(shown(report)).toEqual(["same 5+2", "right_only 7+1", "right_only 20+1"]);
});

test("headers, sizes, chunk sizes", async () => {
  const table = pairs([5, 2]);
  const resized = await diff(store(table), store(table, 1, 300));
  expect(resized).toMatchObject({
    same: false,
    header: [{ field: "bytes", left: "102400", right: "153600" }],
  });
  const other = await diff(store(table), store(table, 2));
  expect(other).toMatchObject({
    same: false,
    runs: [],
    header: [{ field: "chunkSize", left: "1", right: "2" }],
  });
  const invalid = store(table);
  invalid[4] = 0;
  expect((await diff(store(table), invalid)).header).toEqual([
    { field: "valid", left: "1", right: "0" },
  ]);
});

test("as a map of lists has it, for any two tables, duplicates among them", async () => {
  const entry = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 2, max: 30 }));
  const table = fc.array(entry, { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(table, table, async (a, b) => {
      const map = (rows: [number, number][]) => {
        const lists = new Map<number, number[]>();
        for (const [old, chunk] of rows) lists.set(old, [...(lists.get(old) ?? []), chunk]);
        return lists;
      };
      const [left, right] = [map(a), map(b)];
      const expected: Record<string, number> = {
        same: 0,
        different: 0,
        left_only: 0,
        right_only: 0,
      };
      for (const old of new Set([...left.keys(), ...right.keys()])) {
        const [one, other] = [left.get(old), right.get(old)];
        const kind =
          one === undefined
            ? "right_only"
            : other === undefined
              ? "left_only"
              : String(one) === String(other)
                ? "same"
                : "different";
        expected[kind] = (expected[kind] ?? 0) + 1;
      }
      const report = await diff(store(pairs(...a)), store(pairs(...b)));
      const counted = Object.fromEntries(
        Object.entries(report.chunks).map(([k, n]) => [k, Number(n)]),
      );
      expect(counted).toEqual(expected);
      const inRuns = report.runs.reduce((sum, { length }) => sum + Number(length), 0);
      expect(inRuns).toBe(new Set([...left.keys(), ...right.keys()]).size);
    }),
    { numRuns: 60 },
  );
});

test("the command: exit codes as diff(1)", () => {
  const folder = mkdtempSync(join(tmpdir(), "cowscope-diff-"));
  const file = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const a = file("a.img", fixtureBytes(fixture("area255-c8")));
  const b = file("b.img", store(pairs([5, 2])));
  const run = (...args: string[]) => cowscope(["diff", ...args]);
  expect(run(a, a)).toMatchObject({ status: 0, stderr: "" });
  expect(run(a, b)).toMatchObject({ status: 1, stderr: "" });
  expect(JSON.parse(run("--json", a, b).stdout)).toMatchObject({
    schema: "cowscope.diff/1",
    same: false,
  });
  expect(run(a)).toMatchObject({
    status: 2,
    stdout: "",
    stderr: "cowscope diff: name two images\n",
  });
  expect(run(a, join(folder, "none"))).toMatchObject({ status: 2, stdout: "" });
  expect(run(a, file("text", new TextEncoder().encode("hello")))).toMatchObject({
    status: 2,
    stdout: "",
  });
});
