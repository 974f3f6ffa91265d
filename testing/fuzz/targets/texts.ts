import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import { readAddress, writeAddress } from "../../../src/address/address.ts";
import { makeCore } from "../../../src/engine/core.ts";
import { BadDump } from "../../../src/engine/dump/dump-item.ts";
import { dumpStore } from "../../../src/engine/dump/dump-store.ts";
import { readDump } from "../../../src/engine/dump/read-dump.ts";
import { StoreRestorer } from "../../../src/engine/dump/restore-store.ts";
import { dumpJson } from "../../../src/engine/dump/write-json.ts";
import { dumpXml } from "../../../src/engine/dump/write-xml.ts";
import { LogReader } from "../../../src/explain/log/read-log.ts";
import { DEFAULT_OPTIONS } from "../../../src/protocol/check.ts";
import { mapfileText, parseMapfile } from "../../../src/protocol/mapfile.ts";
import { SourceError } from "../../../src/source/block-source.ts";
import { RescuedSource } from "../../../src/source/rescued-source.ts";
import { randomStore } from "../../allocation.ts";
import { FIXTURES } from "../../fixtures.ts";
import { buildPv } from "../../lvm2-builder.ts";
import { mdaOf } from "../../lvm2-group.ts";
import { groupText, stripes, uuid, volume } from "../../lvm2-text.ts";
import { machineOf } from "../../machine.ts";
import { hostileText } from "../hostile-text.ts";
import { MemorySink, TooLong } from "../memory-sink.ts";
import { bounded, checked, core } from "../stores.ts";
import type { FuzzTarget } from "../target.ts";

/** ddrescue's mapfiles: blocks without a gap or a line that is named; written and read, the same. */
const mapfile: FuzzTarget = {
  name: "mapfile",
  run: async (rng) => {
    const size = 1 << 16;
    const there = Array.from({ length: rng.below(6) }, (_, i) => ({
      offset: BigInt(i * 8192),
      length: BigInt(512 * rng.between(1, 15)),
    }));
    const text = [...mapfileText(there, BigInt(size), ["by hand"])].join("");
    const blocks = parseMapfile(hostileText(text, rng));
    if (!Array.isArray(blocks)) {
      ok(blocks.line >= 1 && blocks.why);
      return "refused";
    }
    let end = blocks[0]?.offset ?? 0n;
    for (const { offset, length } of blocks) {
      ok(offset === end && length > 0n);
      end += length;
    }
    const rescued = blocks.filter(({ status }) => status === "+");
    const again = parseMapfile([...mapfileText(rescued, end, [])].join(""));
    ok(
      Array.isArray(again) && again.filter(({ status }) => status === "+").length <= rescued.length,
    );
    const file = bounded(new Uint8Array(size), rng);
    try {
      const source = new RescuedSource(file, blocks);
      await source.read([{ offset: 0, length: Math.min(source.size, 2 * size) }]);
      file.assertWellRead();
      return "read";
    } catch (error) {
      file.assertWellRead();
      if (error instanceof SourceError) return error.kind;
      throw error;
    }
  },
};

const LOGS = ["bug-consecutive-overflow", "double-vfree", "unrelated-boot"].map((name) =>
  readFileSync(`fixtures/logs/${name}.txt`, "utf8"),
);
const MESSAGES = FIXTURES.flatMap(({ verdicts }) => verdicts.flatMap(({ dmesg }) => dmesg));

/** Logs of kernels: never an error, and nothing is counted that is not a line. */
const log: FuzzTarget = {
  name: "log",
  run: async (rng) => {
    const own = Array.from({ length: rng.below(20) }, () => rng.pick(MESSAGES)).join("\n");
    const text = hostileText(`${own}\n${rng.pick(LOGS)}`, rng);
    const lines = text.split(/\r?\n/);
    const reader = new LogReader();
    reader.begin("log");
    for (const line of lines) reader.take(line);
    const report = reader.report();
    strictEqual(report.logs[0]?.lines, lines.length);
    for (const { text: said, count, first, last } of report.messages) {
      ok(said && count >= 1 && first.line >= 1 && last.line <= lines.length);
    }
    return report.messages.length > 0 ? "messages" : "none";
  },
};

/** As large as a restored store may get here. */
const MOST_RESTORED = 1 << 22;

/** Dumps in both forms: a store, or what is wrong with it. */
const restore: FuzzTarget = {
  name: "restore",
  run: async (rng) => {
    const source = bounded(randomStore(rng).bytes, rng);
    const { facts, core: rows } = await checked(source, DEFAULT_OPTIONS);
    const write = rng.pick([dumpXml, dumpJson]);
    let text = "";
    for await (const piece of write(dumpStore(rows, source, facts))) text += piece;
    const hostile = hostileText(text, rng);
    const step = rng.between(1, 4000);
    async function* pieces() {
      for (let at = 0; at < hostile.length; at += step) yield hostile.slice(at, at + step);
    }
    const sink = new MemorySink(MOST_RESTORED);
    const restorer = new StoreRestorer(await makeCore(core), sink);
    try {
      for await (const item of readDump(pieces())) await restorer.take(item);
      await restorer.finish();
      return "restored";
    } catch (error) {
      if (error instanceof TooLong) return "longer than is looked at";
      if (!(error instanceof BadDump)) throw error;
      ok(error.message);
      return "refused";
    }
  },
};

const ADDRESSES = [
  "#inspect?v=1&sample=healthy&table-chunk=8&origin-sectors=4096&block-size=512&age=5.16&area=3&bytes=512-527&old-chunk=10-20&new-chunk=0x10-0x20&panel=lookup",
  "#replay?v=1&fix=before&store=8&io=words&index=2&per=32&pending=1&chunk=8&first=5-2&copies=1-3_2-4&steps=4I2C&at=3&tour=2",
  "#repair?v=1&sample=disk&in=vg%2Fsnap",
  "#find",
  "",
];

/** Addresses of the page: what cannot be read is listed, and what was read is written the same again. */
const address: FuzzTarget = {
  name: "address",
  run: async (rng) => {
    const { broken, ...read } = readAddress(hostileText(rng.pick(ADDRESSES), rng));
    const { broken: none, ...again } = readAddress(writeAddress(read));
    deepStrictEqual(none, []);
    deepStrictEqual(again, read);
    return broken.length > 0 ? "broken in part" : (read.view ?? "start");
  },
};

const DEVICE = { name: "pv0", peStart: 256, peCount: 64 };
const GROUP = groupText({
  devices: [DEVICE],
  volumes: [
    volume("origin", [stripes(0, 8, [["pv0", 0]])]),
    volume("mirrored", [
      stripes(0, 2, [
        ["pv0", 10],
        ["pv0", 20],
      ]),
      stripes(2, 2, [["origin", 0]]),
    ]),
    volume("cow", [stripes(0, 4, [["pv0", 30]])]),
    volume("snapshot0", [
      `start_extent = 0\nextent_count = 8\ntype = "snapshot"\nchunk_size = 8\norigin = "origin"\ncow_store = "cow"`,
    ]),
  ],
});

/** The text of a volume group, its checksum right: volumes or problems, and no run outside the disk. */
const lvmText: FuzzTarget = {
  name: "lvm2-text",
  run: async (rng) => {
    const text = hostileText(GROUP, rng);
    const device = buildPv({
      bytes: (256 + 64 * 8) * 512,
      uuid: uuid("pv0"),
      mdas: [{ ...mdaOf(DEVICE), text }],
    });
    const source = bounded(device, rng);
    const { tree, sources } = await machineOf([{ name: "disk", source }], rng.chance(0.5));
    for (const { message, todo, where, code } of tree.problems) {
      ok(message && todo && where && code);
    }
    for (const found of sources.values()) {
      try {
        await found.read([{ offset: 0, length: Math.min(found.size, 1 << 20) }]);
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
      }
    }
    source.assertWellRead();
    return tree.problems[0]?.code ?? "no problem";
  },
};

export const texts: readonly FuzzTarget[] = [mapfile, log, restore, address, lvmText];
