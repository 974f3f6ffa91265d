import type { Rng } from "../random.ts";
import type { Damaged } from "./damaged.ts";

/** A number in a file that means something: of a header, of a table's entry. */
export interface Field {
  at: number;
  /** In bytes, 1 to 8. */
  length: number;
  little: boolean;
}

/** Where an image is aimed at. */
export interface Aim {
  fields: readonly Field[];
  /** Bytes that are read for what they say, in the order of the file. */
  places: readonly number[];
  /** Puts checksums right again, so that what stands behind them is read. */
  right?(damaged: Damaged): void;
}

/** A few damages, most of them of fields, and now and then the end of the file. */
export function damage(damaged: Damaged, aim: Aim, rng: Rng): void {
  for (let times = rng.between(1, 5); times > 0; times--) {
    if (aim.fields.length > 0 && rng.chance(0.65)) damageField(damaged, rng.pick(aim.fields), rng);
    else damagePlace(damaged, rng.pick(aim.places), rng);
  }
  if (rng.chance(0.1)) {
    const near = rng.pick(aim.places) + rng.below(64);
    damaged.cut(rng.chance(0.5) ? near : rng.below(damaged.bytes.length));
  }
  if (rng.chance(0.8)) aim.right?.(damaged);
}

function damageField(damaged: Damaged, { at, length, little }: Field, rng: Rng): void {
  const old = damaged.numberAt(at, length, little);
  damaged.putNumber(
    at,
    hostileNumber(old, length, BigInt(damaged.bytes.length), rng),
    length,
    little,
  );
}

/** A number that readers stumble over: @param old what stood there. @param size of the file, in bytes. */
export function hostileNumber(old: bigint, length: number, size: bigint, rng: Rng): bigint {
  const bits = BigInt(8 * length);
  const value = rng.pick([
    () => 0n,
    () => 1n,
    () => (1n << bits) - 1n,
    () => 1n << (bits - 1n),
    () => (1n << (bits - 1n)) - 1n,
    () => old + 1n,
    () => old - 1n,
    () => old * 2n,
    () => old / 2n,
    () => old ^ (1n << BigInt(rng.below(8 * length))),
    () => size + BigInt(rng.between(-1, 1)),
    () => size / 512n + BigInt(rng.between(-1, 1)),
    () => BigInt(rng.below(256)),
    () => 1n << BigInt(rng.below(8 * length)),
    () => rng.u64(),
  ])();
  return BigInt.asUintN(8 * length, value);
}

function damagePlace(damaged: Damaged, at: number, rng: Rng): void {
  const { bytes } = damaged;
  const byte = bytes[at] ?? 0;
  rng.pick([
    () => damaged.put(at, Uint8Array.of(byte ^ (1 << rng.below(8)))),
    () => damaged.put(at, Uint8Array.of(rng.pick([0, 1, 0x7f, 0x80, 0xff, rng.below(256)]))),
    () => {
      const length = rng.pick([2, 4, 8]);
      damageField(damaged, { at: at - (at % length), length, little: rng.chance(0.6) }, rng);
    },
    () => damaged.put(at, new Uint8Array(rng.between(1, 600)).fill(rng.pick([0, 0xff]))),
    // A splice: what is right elsewhere.
    () => {
      const from = rng.below(bytes.length);
      damaged.put(at, bytes.slice(from, from + rng.between(1, 600)));
    },
    () => damaged.put(at, bytes.slice(at + 1, at + 1 + rng.between(1, 64))),
  ])();
}

/** Where bytes of these ranges are no zeros: those say something. */
export function tellingPlaces(bytes: Uint8Array, ranges: readonly [number, number][]): number[] {
  const places: number[] = [];
  for (const [from, until] of ranges) {
    for (let at = Math.max(from, 0); at < Math.min(until, bytes.length); at++) {
      if (bytes[at] !== 0) places.push(at);
    }
  }
  return places.length > 0 ? places : [0];
}

/** Fields one after the other, as a C structure has them: [offset, length]. */
export const fieldsAt = (
  base: number,
  little: boolean,
  list: readonly (readonly [offset: number, length: number])[],
): Field[] => list.map(([offset, length]) => ({ at: base + offset, length, little }));

/** Entries of a table that are not zeros, at most `most` of them. */
export function entriesAt(
  bytes: Uint8Array,
  base: number,
  count: number,
  length: number,
  little: boolean,
  most = 64,
): Field[] {
  const fields: Field[] = [];
  for (let i = 0; i < count && fields.length < most; i++) {
    const at = base + i * length;
    if (at < 0 || at + length > bytes.length) break;
    if (bytes.subarray(at, at + length).some((byte) => byte !== 0)) {
      fields.push({ at, length, little });
    }
  }
  return fields;
}
