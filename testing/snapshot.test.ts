import { describe, expect, test } from "vitest";
import { CASES, FIXTURES, fixtureBytes, originBytes } from "./fixtures.ts";
import { snapshotOf } from "./read-snapshot.ts";

const activated = CASES.filter(({ verdict }) => verdict.sha256Snapshot !== null);
const refused = CASES.filter(({ verdict }) => verdict.sha256Snapshot === null);

describe(`${activated.length} snapshots read as Linux 6.1 read them`, () => {
  test.each(activated)("$name", async ({ fixture, verdict }) => {
    const origin = originBytes(fixture);
    expect(origin.length).toBe((fixture.originSectors ?? 0) * 512);
    const { tableChunk } = verdict;
    const report = await snapshotOf(fixtureBytes(fixture), origin, {
      tableChunk,
      kernel: "6.1.192",
    });
    expect(report).toMatchObject({
      bytes: String(origin.length),
      chunkBytes: verdict.readChunkBytes,
      sha256: verdict.sha256Snapshot,
      unreadableChunks: verdict.unreadableChunks,
    });
    const unreadable = verdict.unreadableChunks ?? [];
    const count = unreadable.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    expect(report?.unreadableCount).toBe(String(count));
  });
});

test(`${refused.length} that Linux 6.1 did not activate have no snapshot`, async () => {
  for (const { fixture, verdict, name } of refused) {
    const { tableChunk } = verdict;
    expect(verdict.createRc, name).not.toBe(0);
    expect(
      await snapshotOf(fixtureBytes(fixture), originBytes(fixture), {
        tableChunk,
        kernel: "6.1.192",
      }),
      name,
    ).toBeNull();
  }
});

test("a snapshot reads the same after it was closed and activated again", () => {
  const live = FIXTURES.filter(({ sha256Live }) => typeof sha256Live === "string");
  expect(live).toHaveLength(30);
  for (const { id, sha256Live, verdicts } of live) {
    expect(verdicts[0]?.sha256Snapshot, id).toBe(sha256Live);
  }
});

test("the figures that fixtures/README.md gives of snapshots", () => {
  expect([activated.length, refused.length]).toEqual([640, 206]);
});
