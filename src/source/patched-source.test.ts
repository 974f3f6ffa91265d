import { expect, test } from "vitest";
import { seededRng } from "../../testing/random.ts";
import { BytesSource } from "./bytes-source.ts";
import { expectBefore, PatchedSource } from "./patched-source.ts";

const image = Uint8Array.from({ length: 200 }, (_, i) => i);

test("random patches read as if they had been written", async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const rng = seededRng(seed);
    const flat = image.slice();
    const patches: { offset: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
    for (let at = rng.below(20); at < image.length; ) {
      const length = Math.min(rng.below(20), image.length - at);
      const bytes = Uint8Array.from({ length }, () => rng.below(256));
      flat.set(bytes, at);
      patches.push({ offset: at, bytes });
      at += length + rng.pick([0, 1, 30]) + (length === 0 ? 1 : 0);
    }
    const source = new PatchedSource(new BytesSource(image), rng.shuffle(patches));
    const offset = rng.below(image.length);
    const length = rng.below(image.length - offset + 1);
    const ranges = [
      { offset, length },
      { offset: 0, length: 200 },
    ];
    const wanted = Uint8Array.from([...flat.subarray(offset, offset + length), ...flat]);
    expect(await source.read(ranges), `seed ${seed}`).toEqual(wanted);
    const target = new Uint8Array(wanted.length);
    source.readNow?.(ranges, target);
    expect(target, `seed ${seed}`).toEqual(wanted);
  }
});

test("patches that meet, or lie outside, are a mistake of whoever made them", () => {
  const patched = (...offsets: number[]) =>
    new PatchedSource(
      new BytesSource(image),
      offsets.map((offset) => ({ offset, bytes: new Uint8Array(4) })),
    );
  expect(() => patched(0, 3)).toThrow(RangeError);
  expect(() => patched(197)).toThrow(RangeError);
  expect(() => patched(-1)).toThrow(RangeError);
  expect(patched(0, 4, 196).size).toBe(200);
});

test("what should lie under a patch is compared", async () => {
  const source = new BytesSource(image);
  const patch = { offset: 5, bytes: Uint8Array.of(0, 0) };
  await expectBefore(source, [
    { ...patch, before: Uint8Array.of(5, 6) },
    { ...patch, offset: 9 },
  ]);
  await expect(
    expectBefore(source, [{ ...patch, before: Uint8Array.of(5, 7) }]),
  ).rejects.toMatchObject({ kind: "changed", offset: 6 });
});
