import { expect, test } from "vitest";
import { checkBytes } from "../../../testing/check-bytes.ts";
import { loadRace, modelOf, unwrap } from "../../../testing/race-core.ts";
import { buildStore } from "../../../testing/store-builder.ts";
import type { FindingCode } from "../../protocol/finding.ts";
import type { RaceEnding, RaceParams } from "../../protocol/race.ts";
import type { VerdictId } from "../../protocol/report.ts";

const race = await loadRace();

/** A store with `count` exceptions and room for two areas, as the kernel fills it. */
function store(count: number): Uint8Array {
  const exceptions = Array.from({ length: count }, (_, n) => ({
    old: BigInt(n + 100),
    new: BigInt(n + 2),
  }));
  return buildStore({ chunkSectors: 8, exceptions, cowSectors: 8 * 520 });
}

function saved(params: RaceParams, ending: RaceEnding): Uint8Array {
  const bytes = store(params.index);
  const entries = Array.from(
    { length: params.index },
    (_, n) => [BigInt(n + 100), BigInt(n + 2)] as const,
  );
  const witness = unwrap(race.witness(params, ending));
  if (!witness) throw new Error(`no witness of ${ending}`);
  for (const left of unwrap(race.leftBehind(params, witness.schedule, entries.slice(1)))) {
    expect(left.bytes).toHaveLength(4096);
    bytes.set(left.bytes, Number(left.chunk) * 4096);
  }
  return bytes;
}

const entry0 = [100n, 2n] as const;
const cases: [RaceEnding, Partial<RaceParams>, VerdictId][] = [
  ["invalidated + kept", { index: 5, entry0 }, "invalidated"],
  ["zero-chunk-size", {}, "refused-chunk-size"],
  ["wrong-chunk-size", { exceptions: [[7n, 2n + (24n << 32n)]] }, "refused-chunk-size"],
  ["corrupt-magic", {}, "refused-magic"],
  ["new-snapshot", { index: 255, entry0 }, "would-be-formatted"],
  ["wrong-version", {}, "refused-version"],
  ["still-valid", { exceptions: [[0x70416e53n + (1n << 32n), 1n + (8n << 32n)]] }, "healthy"],
  ["header-in-area", { index: 5, entry0 }, "invalidated"],
  ["exceptions-lost", { index: 5, entry0 }, "invalidated"],
];

test.each(cases)("the store that %s leaves behind (%o) is judged %s", async (ending, vary, id) => {
  const { report } = await checkBytes(saved(modelOf(vary), ending));
  expect(report.verdict.id).toBe(id);
});

/** What a saved store must be told to be: the fingerprint of its ending, from the bytes alone. */
const fingerprints: [RaceEnding, Partial<RaceParams>, FindingCode][] = [
  ["zero-chunk-size", {}, "race.header.torn"],
  ["corrupt-magic", {}, "race.header.torn"],
  ["wrong-version", {}, "race.header.torn"],
  ["new-snapshot", { index: 255, entry0 }, "race.header.torn"],
  ["zero-chunk-size + header-in-area", { index: 255, entry0 }, "race.area.header"],
  ["wrong-version + kept", { index: 255, entry0, storeBytes: 4 }, "race.header.torn"],
  ["invalidated + header-in-area", {}, "race.area.header"],
  ["invalidated + header-in-area", { index: 5, entry0 }, "race.area.header"],
];

test.each(fingerprints)("the store that %s leaves behind (%o) is told by %s", async (...row) => {
  const [ending, vary, code] = row;
  const { report } = await checkBytes(saved(modelOf(vary), ending));
  expect(report.findings.map((finding) => finding.code)).toContain(code);
  expect(report.verdict.cause).toContain("header race on invalidation");
});

test("an unharmed store stays as it was but for its header", () => {
  const before = store(5);
  const after = saved(modelOf({ index: 5, entry0, fix: "after" }), "invalidated + kept");
  const changed = [...before.keys()].filter((at) => before[at] !== after[at]);
  // valid is 0 now, and the callback's exception may have reached the area.
  expect(changed.filter((at) => at < 4096)).toEqual([4]);
  expect(changed.every((at) => at === 4 || (at >= 4096 + 80 && at < 4096 + 96))).toBe(true);
});

test("the header's bytes lie in the area as its first exception", () => {
  const bytes = saved(modelOf({ index: 5, entry0 }), "header-in-area");
  const view = new DataView(bytes.buffer, 4096);
  expect(view.getBigUint64(0, true)).toBe(0x70416e53n);
});

test("entries that do not fill the chunk cannot be written", () => {
  const left = race.leftBehind(modelOf({ entriesPerArea: 4 }), "IC");
  expect(left.ok).toBe(false);
  if (!left.ok) expect(left.problem.code).toBe("race.image");
});
