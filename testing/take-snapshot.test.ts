import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkToTheEnd } from "../src/engine/check/check.ts";
import { takeSnapshot } from "../src/engine/snapshot/take-snapshot.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import { type BlockSource, SourceError } from "../src/source/block-source.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { FileSink } from "../src/source/node/file-sink.ts";
import { loadCore } from "./check-bytes.ts";
import { FIXTURES, fixtureBytes, originBytes } from "./fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-take-"));
afterAll(() => rmSync(folder, { recursive: true }));

const GO_ON = { afterBatch: () => true };
const HASH = { update: () => {}, digest: () => "" };
const [fixture] = FIXTURES.filter(({ id }) => id === "multi-c1");
const cowBytes = fixture ? fixtureBytes(fixture) : new Uint8Array();
const originImage = fixture ? originBytes(fixture) : new Uint8Array();

/** Reads the snapshot of the fixture into a file. */
async function take(origin: BlockSource, cow: BlockSource, out: string) {
  const compiled = await loadCore();
  const store = await checkToTheEnd(compiled, new BytesSource(cowBytes), DEFAULT_OPTIONS, true);
  const from = { name: "the.cow", facts: store.facts, cow, rows: store.core };
  const beside = { name: "the.origin", source: origin };
  return takeSnapshot(compiled, from, beside, () => FileSink.open(out, []), HASH, GO_ON);
}

/** An image that was written to while it was read, or whose last sector is bad. */
function broken(bytes: Uint8Array, kind: "changed" | "unreadable"): BlockSource {
  const whole = new BytesSource(bytes);
  const { size, counters } = whole;
  return {
    size,
    counters,
    read: async (ranges) => {
      if (kind === "unreadable") {
        throw new SourceError("unreadable", size - 512, "EIO: i/o error, read");
      }
      return whole.read(ranges);
    },
    assertUnchanged: () => {
      if (kind === "changed") throw new SourceError("changed", 0, "its time is another one now");
    },
  };
}

const cow = () => new BytesSource(cowBytes);
const origin = () => new BytesSource(originImage);

test.each([
  ["the.origin", "unreadable"],
  ["the.origin", "changed"],
  ["the.cow", "changed"],
] as const)("%s is named where it is %s, and nothing half written is left", async (name, kind) => {
  const out = join(folder, `${name}.${kind}`);
  const read =
    name === "the.cow"
      ? await take(origin(), broken(cowBytes, kind), out)
      : await take(broken(originImage, kind), cow(), out);
  expect(read).toMatchObject({ ok: false, problem: { code: `image.${kind}` } });
  expect(!read.ok && read.problem.message).toContain(name);
  expect(existsSync(out)).toBe(false);
});

test("a whole snapshot is left in its place", async () => {
  const out = join(folder, "whole");
  expect(await take(origin(), cow(), out)).toMatchObject({ ok: true });
  expect(existsSync(out)).toBe(true);
});
