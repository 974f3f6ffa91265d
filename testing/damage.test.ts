import { expect, test } from "vitest";
import { built, fullAreas, randomStore, scattered } from "./allocation.ts";
import { DAMAGES, damage, damagesFor, randomDamage } from "./damage.ts";
import { RUN_OVERFLOW_BUG } from "./oracle/exception-table.ts";
import { askOracle } from "./oracle.ts";
import { seededRng } from "./random.ts";
import { applyRecipe } from "./recipe.ts";

/** expect().toEqual() walks typed arrays element by element: minutes for what takes milliseconds. */
const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

const chunkSectors = 2;
const exceptions = scattered(seededRng(1), 100, 500, chunkSectors);
const several = built({ chunkSectors, exceptions });
const full = built({ chunkSectors, exceptions: fullAreas(1, chunkSectors) });
const fresh = built({ chunkSectors, exceptions: [] });

test("between them, three stores have room for every damage", () => {
  const names = new Set([several, full, fresh].flatMap(damagesFor));
  expect([...names].sort()).toEqual(Object.keys(DAMAGES).sort());
});

test.each(Object.keys(DAMAGES))("%s can be replayed from its seed and from its recipe", (name) => {
  const store = [several, full, fresh].find((candidate) => damagesFor(candidate).includes(name));
  if (!store) throw new Error("no store for it");
  const first = damage(name, store, seededRng(7));
  const second = damage(name, store, seededRng(7));
  expect(second.recipe).toEqual(first.recipe);
  expect(equal(second.bytes, first.bytes)).toBe(true);
  expect(equal(applyRecipe(store.bytes, first.recipe), first.bytes)).toBe(true);
});

// The control, one that restores what it broke, and one that zeroes what is zero in a built store.
const LEAVES_IT = ["control", "hdr_sector_only", "valid_back_to_1_on_overflowed"];

test("a damage changes the store", () => {
  for (const name of damagesFor(several)) {
    const changes = [1, 2, 3, 4, 5, 6].filter((seed) => {
      const { bytes } = damage(name, several, seededRng(seed));
      return !equal(bytes, several.bytes);
    });
    expect(changes.length > 0, name).toBe(!LEAVES_IT.includes(name));
  }
});

test("random damage finds every way in which activation ends", () => {
  const rng = seededRng(2026);
  const ends = new Set<string>();
  for (let round = 0; round < 600; round++) {
    const { bytes } = randomDamage(randomStore(rng), rng);
    const { crash, errno, status } = askOracle(bytes, { tableChunk: rng.pick([0, 1, 8]) });
    ends.add(crash ?? errno ?? (status === "Invalid" ? "Invalid" : "active"));
  }
  expect([...ends].sort()).toEqual(
    ["EINVAL", "EIO", "ENXIO", "Invalid", "active", RUN_OVERFLOW_BUG].sort(),
  );
});

test("the same seed makes the same store", () => {
  expect(equal(randomStore(seededRng(5)).bytes, randomStore(seededRng(5)).bytes)).toBe(true);
});
