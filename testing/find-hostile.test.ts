import { expect, test } from "vitest";
import type { NamedSource } from "../src/container/looking.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { diskFiles, diskRow } from "./disk-rows.ts";
import { machineOf } from "./machine.ts";
import { type Rng, seededRng } from "./random.ts";

/** Where tables, labels, links and headers lie in these disks, in bytes. */
const PLACES: Record<string, [number, number][]> = {
  "mbr-logical": [
    [446, 66],
    [3145728 + 446, 66],
    [6291456 + 446, 66],
  ],
  gpt: [
    [446, 66],
    [512, 92],
    [1024, 384],
  ],
  nested: [
    [512, 100],
    [4096, 60],
    [8192, 4096],
    [1048576 + 446, 66],
  ],
  "qcow2-v3": [
    [0, 112],
    [65536, 4096],
  ],
};

/** Damages the bytes themselves, which are many. @returns how to mend them. */
function damage(bytes: Uint8Array, places: readonly [number, number][], rng: Rng): () => void {
  const old: [number, number][] = [];
  for (let times = rng.between(1, 6); times > 0; times--) {
    const [start, length] = rng.pick(places);
    const at = start + rng.below(length);
    old.push([at, bytes[at] ?? 0]);
    bytes[at] = rng.pick([0, 1, 0x7f, 0xff, rng.below(256)]);
  }
  return () => {
    for (const [at, byte] of old.reverse()) bytes[at] = byte;
  };
}

test.each(Object.keys(PLACES))(
  "%s, damaged two hundred times, is always a tree and problems",
  async (id) => {
    const row = diskRow(id);
    const [disk] = diskFiles(row);
    if (!disk) throw new Error("no disk");
    for (let seed = 1; seed <= 200; seed++) {
      const rng = seededRng(seed);
      const mend = damage(disk.bytes, PLACES[id] ?? [], rng);
      const cut = rng.chance(0.2) ? rng.below(disk.bytes.length) : disk.bytes.length;
      const bytes = disk.bytes.subarray(0, cut);
      const files: NamedSource[] = [{ name: "disk.img", source: new BytesSource(bytes) }];
      const { tree, sources } = await machineOf(files, seed % 2 === 0);
      expect(tree.nodes.length, `seed ${seed}`).toBeLessThan(1000);
      for (const { message, todo, where, code } of tree.problems) {
        expect(
          [message, todo, where, code].every((text) => text !== ""),
          `seed ${seed}`,
        ).toBe(true);
      }
      for (const { node, bytes: size, complete, missing } of tree.stores) {
        const source = sources.get(node);
        expect(source === undefined || source.size === size, `seed ${seed}`).toBe(true);
        expect(complete || missing.length > 0, `seed ${seed}`).toBe(true);
        // What is said to be whole can be read to its end.
        if (complete && source && size > 0) {
          const ends = [0, size - 1].map((offset) => ({ offset, length: 1 }));
          expect(await source.read(ends), `seed ${seed}`).toHaveLength(2);
        }
      }
      mend();
    }
  },
);
