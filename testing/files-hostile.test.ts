import { expect, test } from "vitest";
import { Invalid } from "../src/filesystem/invalid.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { contentHash, listed } from "./files-of.ts";
import { seededRng } from "./random.ts";
import { storeOfRow } from "./snapshot-files.ts";

/** Places whose bytes are no zeros: those say something. */
function telling(bytes: Uint8Array): number[] {
  const places: number[] = [];
  bytes.forEach((byte, at) => {
    if (byte !== 0) places.push(at);
  });
  return places;
}

test.each(["fs-ext4", "fs-xfs"])(
  "%s with any bytes changed: a list, or a sentence, and never more files than fit",
  async (id) => {
    const { origin } = await storeOfRow(id);
    const sound = await origin.read([{ offset: 0, length: origin.size }]);
    const places = telling(sound);
    const rng = seededRng(11);
    let refused = 0;
    let damaged = 0;
    for (let round = 0; round < 60; round++) {
      const bytes = sound.slice();
      for (let i = 0; i < 200; i++)
        bytes[rng.pick(places)] = rng.pick([0, 1, 0x7f, 0xff, rng.below(256)]);
      const source = new BytesSource(bytes);
      try {
        const { entries, problems } = await listed(source);
        expect(entries.length).toBeLessThan(bytes.length / 12);
        if (problems.length > 0 || entries.some(({ state }) => state !== "whole")) damaged += 1;
        for (const { type, state, size, inode } of entries) {
          if (type !== "file" || state !== "whole" || Number(size) > 1 << 24) continue;
          await contentHash(source, `<${inode}>`);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Invalid);
        refused += 1;
      }
    }
    expect(damaged).toBeGreaterThan(10);
    expect(refused).toBeLessThan(60);
  },
);
