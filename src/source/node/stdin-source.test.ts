import { expect, test } from "vitest";
import { seededRng } from "../../../testing/random.ts";
import { expectRandomReads } from "../../../testing/random-reads.ts";
import { SourceError } from "../block-source.ts";
import { StdinSource } from "./stdin-source.ts";

/** Gives `flat` in pieces as a pipe does, of any length. */
function pipe(flat: Uint8Array, seed: number) {
  const rng = seededRng(seed);
  let at = 0;
  return (target: Uint8Array) => {
    const piece = flat.subarray(at, at + Math.min(target.length, rng.between(1, 65_536)));
    target.set(piece);
    at += piece.length;
    return piece.length;
  };
}

test("what came is what is read, at random", async () => {
  const rng = seededRng(1);
  const flat = new Uint8Array(3 << 20);
  for (let i = 0; i < 200; i++) {
    flat.fill(1 + rng.below(255), rng.below(flat.length), rng.below(flat.length));
    const zeros = rng.below(flat.length);
    flat.fill(0, zeros, zeros + 50_000);
  }
  const source = StdinSource.readAll(pipe(flat, 2));
  await expectRandomReads(seededRng(3), source, flat, 1000);
});

test("nothing is an empty image", () => {
  expect(StdinSource.readAll(() => 0).size).toBe(0);
});

test("more than is kept is said, zeros are not counted", () => {
  const zeros = StdinSource.readAll(pipe(new Uint8Array(8 << 20), 1), 8192);
  expect(zeros.size).toBe(8 << 20);
  const full = new Uint8Array(8 << 20).fill(7);
  const reading = () => StdinSource.readAll(pipe(full, 1), 1 << 20);
  expect(reading).toThrow(SourceError);
  expect(reading).toThrow("more than 1048576 bytes that are not zeros");
  expect(reading).toThrow("save it to a file first");
});
