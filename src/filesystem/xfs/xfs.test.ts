import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { contentHash, described, listed } from "../../../testing/files-of.ts";
import { BytesSource } from "../../source/bytes-source.ts";

const BLOCK = 4096;
const FIRST = 64;

/**
 * A version 5 XFS written by hand, of 64 blocks of 4096 bytes: inodes from 64 on in block 8, of 512
 * bytes. Inode 64 is the root, in short form, with one entry: "it", inode 65.
 */
function image() {
  const bytes = new Uint8Array(64 * BLOCK);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => void bytes.set(Buffer.from(value), at);
  text(0, "XFSB");
  view.setUint32(4, BLOCK);
  view.setBigUint64(8, 64n);
  view.setBigUint64(56, BigInt(FIRST));
  view.setUint32(84, 64);
  view.setUint32(88, 1);
  view.setUint16(100, 0xb4a5);
  view.setUint16(104, 512);
  view.setUint16(106, 8);
  for (const [at, log] of [
    [120, 12],
    [122, 9],
    [123, 3],
    [124, 6],
  ] as const) {
    bytes[at] = log;
  }
  view.setUint32(216, 1 | 8 | 32);
  const inode = (number: number) => BLOCK * 8 + (number - FIRST) * 512;
  const put = (number: number, mode: number, format: number, size: bigint, extents: bigint) => {
    const at = inode(number);
    text(at, "IN");
    view.setUint16(at + 2, mode);
    bytes[at + 4] = 3;
    bytes[at + 5] = format;
    view.setBigUint64(at + 56, size);
    view.setBigUint64(at + 24, extents);
    view.setBigUint64(at + 120, 8n | 16n);
    view.setBigUint64(at + 152, BigInt(number));
    return at + 176;
  };
  const extent = (at: number, block: bigint, start: bigint, count: bigint, unwritten = 0n) => {
    view.setBigUint64(at, (unwritten << 63n) | (block << 9n) | (start >> 43n));
    view.setBigUint64(at + 8, ((start & ((1n << 43n) - 1n)) << 21n) | count);
  };
  const root = put(FIRST, 0o40755, 1, 15n, 0n);
  bytes.set([1, 0, 0, 0, 0, FIRST, 2, 0, 96], root);
  text(root + 9, "it");
  bytes.set([1, 0, 0, 0, 65], root + 11);
  return { view, bytes, text, put, extent, inode, source: () => new BytesSource(bytes) };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const A = Buffer.alloc(BLOCK, "a");
const B = Buffer.alloc(BLOCK, "b");
const HOLE = Buffer.alloc(BLOCK);

test("holes and what was allocated but not written are zeros; times are of 64 bits", async () => {
  const { view, bytes, put, extent, inode, source } = image();
  const fork = put(65, 0o100600, 2, BigInt(BLOCK * 6 - 10), 3n);
  bytes.set(A, BLOCK * 20);
  bytes.set(B, BLOCK * 21);
  bytes.set(B, BLOCK * 22);
  extent(fork, 1n, 20n, 2n);
  extent(fork + 16, 3n, 22n, 1n, 1n);
  extent(fork + 32, 5n, 21n, 1n);
  // 2^31 seconds before 1970 is 0 (XFS_BIGTIME_EPOCH_OFFSET).
  view.setBigUint64(inode(65) + 40, (2n ** 31n + 5_000_000_000n) * 1_000_000_000n + 7n);
  const { entries, problems } = await listed(source());
  expect(problems).toEqual([]);
  expect(entries).toMatchObject([
    { path: "/it", inode: "65", mode: "0600", state: "whole", mtime: "5000000000.000000007" },
  ]);
  const content = Buffer.concat([HOLE, A, B, HOLE, HOLE, B]).subarray(0, BLOCK * 6 - 10);
  expect(await contentHash(source(), "/it")).toBe(sha256(content));
});

test("a tree of extents, of which one node names itself", async () => {
  const { view, bytes, text, put, extent, source } = image();
  const fork = put(65, 0o100600, 3, BigInt(BLOCK * 2), 2n);
  view.setUint16(fork, 1);
  view.setUint16(fork + 2, 1);
  const pointer = fork + 4 + Math.floor((512 - 176 - 4) / 16) * 8;
  view.setBigUint64(pointer, 30n);
  const node = BLOCK * 30;
  text(node, "BMA3");
  view.setUint16(node + 6, 2);
  extent(node + 72, 0n, 20n, 1n);
  extent(node + 88, 1n, 21n, 1n);
  bytes.set(A, BLOCK * 20);
  bytes.set(B, BLOCK * 21);
  expect((await described(source(), "/it")).state).toBe("whole");
  expect(await contentHash(source(), "/it")).toBe(sha256(Buffer.concat([A, B])));
  const touched = (await listed(source(), [{ offset: node, length: 1, why: "lost" }])).entries[0];
  expect(touched).toMatchObject({ state: "touched", damage: [{ part: "map", why: "lost" }] });

  view.setUint16(fork, 2);
  view.setUint16(node + 4, 1);
  view.setBigUint64(node + 72 + Math.floor((BLOCK - 72) / 16) * 8, 30n);
  expect((await described(source(), "/it")).state).toBe("unknown");
});

test("a symlink whose target lies in a block has a header before it", async () => {
  const { text, put, extent, source } = image();
  const target = `/${"far/".repeat(200)}away`;
  const fork = put(65, 0o120777, 2, BigInt(target.length), 1n);
  extent(fork, 0n, 20n, 1n);
  text(BLOCK * 20, "XSLM");
  text(BLOCK * 20 + 56, target);
  expect(await described(source(), "/it")).toMatchObject({ target, state: "whole" });
  text(BLOCK * 20, "none");
  expect(await described(source(), "/it")).toMatchObject({ target: null, state: "unknown" });
});

test("extents that come back, counts and sizes that cannot be, another inode's number: unknown", async () => {
  const { view, put, extent, inode, source } = image();
  const fork = put(65, 0o100600, 2, 1n << 40n, 2n);
  extent(fork, 5n, 20n, 2n);
  extent(fork + 16, 6n, 24n, 2n);
  const state = async () => (await described(source(), "/it")).state;
  expect(await state()).toBe("unknown");
  extent(fork + 16, 7n, 24n, 2n);
  expect(await state()).toBe("whole");
  view.setBigUint64(inode(65) + 24, 1n << 40n);
  expect(await state()).toBe("unknown");
  view.setBigUint64(inode(65) + 24, 2n);
  view.setBigUint64(inode(65) + 56, 1n << 63n);
  expect(await state()).toBe("unknown");
  view.setBigUint64(inode(65) + 56, 1n);
  view.setBigUint64(inode(65) + 152, 66n);
  expect(await state()).toBe("unknown");
});
