import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Machine } from "../src/container/find.ts";
import { outerLayer } from "../src/container/outer-layer.ts";
import { WRAPPERS } from "../src/container/wrappers.ts";
import { checkStore } from "../src/engine/check/check.ts";
import { takeSnapshot } from "../src/engine/snapshot/take-snapshot.ts";
import { makeReport } from "../src/explain/report/report.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { FoundStore } from "../src/protocol/machine.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { DISK_ROWS, type DiskRow, type DiskStore, diskFiles, diskRow } from "./disk-rows.ts";
import { compiledCore, machineOfRow } from "./machine.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const GO_ON = { afterBatch: () => true };
/** The release of the kernel that read the corpus. */
const KERNEL = "6.1.0-56-amd64";

async function hashOf(source: BlockSource): Promise<string> {
  return sha256(await source.read([{ offset: 0, length: source.size }]));
}

function sourceOf({ sources }: Machine, node: number): BlockSource {
  const source = sources.get(node);
  if (!source) throw new Error(`node ${node} has no bytes`);
  return source;
}

/** The store of that name, and the row's. */
function storesOf({ tree }: Machine, row: DiskRow): [FoundStore, DiskStore][] {
  return row.stores.map((expected) => {
    const found = tree.stores.find(({ name }) => name === expected.name);
    if (!found) throw new Error(`${expected.name} was not found`);
    return [found, expected];
  });
}

const options = ({ lvmChunkSectors, snapshotBytes }: FoundStore) => ({
  ...DEFAULT_OPTIONS,
  ...(lvmChunkSectors === null ? {} : { lvmChunk: lvmChunkSectors }),
  originSectors: snapshotBytes === null ? null : BigInt(snapshotBytes / 512),
  kernel: KERNEL,
});

test("all 111 of them", () => expect(DISK_ROWS).toHaveLength(111));

test.each(DISK_ROWS.map((row) => [row.id, row] as const))(
  "%s is told at a glance",
  async (_, row) => {
    const layered = await Promise.all(
      diskFiles(row).map(
        async ({ bytes }) => (await outerLayer(new BytesSource(bytes), WRAPPERS)) !== "none",
      ),
    );
    // Of an overlay and its origin neither is a disk; of others one file at least is more than bytes.
    expect(layered.includes(true)).toBe(row.id !== "overlay-file");
  },
);

const readable = DISK_ROWS.filter(({ expected_problem }) => expected_problem === null);
describe.each(readable.map((row) => [row.id, row] as const))("%s", (_, row) => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await machineOfRow(row);
  });

  test("its stores are found, with what the volume group says of them", () => {
    const { stores, others, problems } = machine.tree;
    expect(problems.filter(({ refused }) => refused)).toEqual([]);
    expect(stores.map(({ name }) => name).sort()).toEqual(
      row.stores.map(({ name }) => name).sort(),
    );
    for (const [found, expected] of storesOf(machine, row)) {
      const { origin } = found;
      expect(found).toMatchObject({
        kind: expected.kind,
        bytes: expected.cow_bytes,
        lvmChunkSectors: expected.lvm_chunk_sectors,
        merging: expected.merging,
        complete: expected.complete,
      });
      // Which file or partition a bare store was taken of is written nowhere.
      if (expected.kind === "bare") expect(origin).toBe(null);
      else {
        expect(origin).toMatchObject({
          name: expected.origin_name,
          bytes: expected.origin_bytes,
          complete: expected.origin_complete,
        });
      }
      expect(found.complete || found.missing.length > 0).toBe(true);
    }
    expect(others.map(({ name }) => name).sort()).toEqual([...row.others].sort());
  });

  test("stores and origins are what the kernel read", async () => {
    for (const [found, expected] of storesOf(machine, row)) {
      const { cow_sha256, origin_sha256 } = expected;
      if (cow_sha256 !== null) {
        expect(await hashOf(sourceOf(machine, found.node))).toBe(cow_sha256);
      }
      if (origin_sha256 !== null && found.origin?.readable) {
        expect(await hashOf(sourceOf(machine, found.origin.node))).toBe(origin_sha256);
      }
    }
  });

  test("the kernel's status, and what it read from the snapshot", async () => {
    for (const [found, expected] of storesOf(machine, row)) {
      if (!found.complete) continue;
      const { name, origin } = found;
      const cow = sourceOf(machine, found.node);
      const checked = await checkStore(compiledCore, cow, options(found), true, GO_ON);
      if (!checked) throw new Error("cancelled");
      const { facts, core } = checked;
      const report = makeReport(name, facts);
      expect(report.options.tableChunkFrom).toBe(found.kind === "lvm" ? "lvm" : "header");
      // A merge began when it was activated again: it changes every store of its origin.
      const merged = row.stores.some(({ merging }) => merging);
      if (expected.kernel_status !== null && !merged) {
        expect(`snapshot ${report.kernel.status}`).toBe(expected.kernel_status);
      }
      const { snapshot_sha256, origin_name } = expected;
      const bare = machine.tree.others.find((other) => other.name === origin_name)?.node;
      const node = origin ? (origin.readable ? origin.node : undefined) : bare;
      if (snapshot_sha256 === null || node === undefined) continue;
      const named = { name: origin_name, source: sourceOf(machine, node) };
      const hash = createHash("sha256");
      const read = await takeSnapshot(
        compiledCore,
        { name, facts, cow, rows: core },
        named,
        null,
        { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") },
        GO_ON,
      );
      expect(read).toMatchObject({ ok: true, value: { sha256: snapshot_sha256 } });
    }
  });
});

const refusals = DISK_ROWS.filter(({ expected_problem }) => expected_problem !== null);
test.each(refusals.map((row) => [row.id, row] as const))(
  "%s is refused in words",
  async (_, row) => {
    const { tree } = await machineOfRow(row);
    expect(tree.stores).toEqual([]);
    const refused = tree.problems.filter((problem) => problem.refused);
    expect(refused).not.toEqual([]);
    for (const { message, todo, found } of refused) {
      expect(message.length).toBeGreaterThan(10);
      expect(todo.length).toBeGreaterThan(10);
      expect(found.length).toBeGreaterThan(0);
    }
    expect(refused.map(({ message, found }) => `${message} ${found}`).join(" ")).toMatch(
      reasonOf(row),
    );
  },
);

/** The words that no sentence about this reason can do without. */
function reasonOf({ expected_problem }: DiskRow): RegExp {
  const reason = expected_problem ?? "";
  const file = /\b[\w-]+\.(qcow2|raw|data|vmdk)\b/.exec(reason)?.[0];
  if (file) return new RegExp(file.replace(".", "\\."));
  if (/LUKS/.test(reason)) return /LUKS/;
  if (/AES/.test(reason)) return /AES/;
  if (/GPT/.test(reason)) return /neither GPT header is valid/;
  if (/volume group/.test(reason)) return /no current description/;
  if (/too early/.test(reason)) return /end|cut/;
  if (/cut off/.test(reason)) return /cut off|behind the end/;
  throw new Error(`no words for “${reason}”`);
}

const cut = refusals.filter(({ file_info }) => file_info);
test.each(cut.map((row) => [row.id, row] as const))(
  "%s, read as far as it goes: a store is the kernel's, or said not to be whole",
  async (_, row) => {
    const machine = await machineOfRow(row, true);
    const expected = new Map(diskRow("wrap-base").stores.map((store) => [store.name, store]));
    for (const { name, complete, missing, node } of machine.tree.stores) {
      const { cow_sha256 = "" } = expected.get(name) ?? {};
      if (complete) expect(await hashOf(sourceOf(machine, node))).toBe(cow_sha256);
      else expect(missing).not.toEqual([]);
    }
    expect(machine.tree.problems).not.toEqual([]);
  },
);
