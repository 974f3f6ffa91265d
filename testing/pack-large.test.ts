import { expect, test } from "vitest";
import type { BlockSource, Range } from "../src/source/block-source.ts";
import { totalLength } from "../src/source/block-source.ts";
import { areaChunk, SNAP_MAGIC } from "./disk.ts";
import { check, pack, writeBundle } from "./packed.ts";

const TEBIBYTE = 2 ** 40;
const EXCEPTIONS = 5_000_000;
const PER_AREA = 256;
const MIB = 1 << 20;

/** A store of a tebibyte that is made where it is read: chunks of 4 KiB, data everywhere. */
class LargeStore implements BlockSource {
  readonly size = TEBIBYTE;
  readonly counters = { bytes: 0, calls: 0 };

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(totalLength(ranges));
    let at = 0;
    for (const { offset, length } of ranges) {
      this.fill(bytes.subarray(at, at + length), offset);
      at += length;
    }
    return bytes;
  }

  private fill(bytes: Uint8Array, offset: number): void {
    const chunk = Math.floor(offset / 4096);
    const area = (chunk - 1) / (PER_AREA + 1);
    if (chunk === 0) {
      if (offset === 0)
        new Uint32Array(bytes.buffer, bytes.byteOffset, 4).set([SNAP_MAGIC, 1, 1, 8]);
    } else if (!Number.isInteger(area) || area * PER_AREA >= EXCEPTIONS + PER_AREA)
      bytes.fill(0xa5);
    else {
      const entries = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
      const first = Number(areaChunk(area, 8)) + 1;
      for (let i = 0; i < PER_AREA && area * PER_AREA + i < EXCEPTIONS; i++) {
        entries[i * 2] = BigInt(area * PER_AREA + i) * 3n;
        entries[i * 2 + 1] = BigInt(first + i);
      }
    }
  }
}

test("a store of a tebibyte with five million exceptions is packed in bounded memory", async () => {
  const source = new LargeStore();
  const checked = await check(source, {}, true);
  expect(checked.facts.exceptions).toBe(BigInt(EXCEPTIONS));
  const before = process.memoryUsage().arrayBuffers;
  const packing = await pack(source, checked);
  if (!packing) throw new Error("it cannot be packed");
  let [longest, written, peak] = [0, 0, 0];
  const sink = {
    write: (bytes: Uint8Array) => {
      longest = Math.max(longest, bytes.length);
      written += bytes.length;
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    },
    finish() {},
    abandon() {},
  };
  const length = await writeBundle(packing, checked, sink);
  expect(written).toBe(length);
  // 16 bytes an exception are 77 MiB; beside them header, tables and refcounts.
  expect(length).toBeGreaterThan(EXCEPTIONS * 16);
  expect(length).toBeLessThan(EXCEPTIONS * 16 * 1.6);
  expect(longest).toBeLessThan(8 * MIB);
  expect(peak).toBeLessThan(400 * MIB);
}, 120_000);
