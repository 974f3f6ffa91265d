import { deepStrictEqual, ok } from "node:assert";
import { Invalid, TooMuch } from "../../../src/filesystem/invalid.ts";
import { SourceError } from "../../../src/source/block-source.ts";
import { contentHash, listed } from "../../files-of.ts";
import type { Rng } from "../../random.ts";
import { storeOfRow } from "../../snapshot-files.ts";
import { BoundedSource } from "../bounded-source.ts";
import { type Aim, damage, type Field, fieldsAt, tellingPlaces } from "../damage.ts";
import { Damaged } from "../damaged.ts";
import type { FuzzTarget } from "../target.ts";

const WORDS = (from: number, until: number, step: number): [number, number][] =>
  Array.from({ length: (until - from) / step }, (_, i) => [from + i * step, step]);

/** Superblock, group descriptors, and the first inodes: fs/ext4/ext4.h. */
function ext4Fields(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const block = 1024 << view.getUint32(1024 + 24, true);
  const descriptors = block === 1024 ? 2048 : block;
  const inodes = view.getUint32(descriptors + 8, true) * block;
  const size = view.getUint16(1024 + 88, true);
  const tables = Array.from({ length: 24 }, (_, i) => inodes + i * size);
  return [
    ...fieldsAt(1024, true, WORDS(0, 104, 4)),
    ...fieldsAt(1024, true, [
      [88, 2],
      [0xfe, 2],
      [0x150, 4],
    ]),
    ...fieldsAt(descriptors, true, WORDS(0, 64, 4)),
    // Mode, size, flags, the block map or the head of the extents, and its first entries.
    ...tables.flatMap((at) =>
      fieldsAt(at, true, [
        [0, 2],
        [4, 4],
        [32, 4],
        [40, 2],
        [42, 2],
        [44, 2],
        [46, 2],
        [52, 4],
        [56, 2],
        [60, 4],
      ]),
    ),
  ];
}

/** Superblock, the headers of the first group, and the first inodes: fs/xfs/libxfs/xfs_format.h. */
function xfsFields(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const root = Number(view.getBigUint64(56, false));
  const perBlock = view.getUint8(123);
  const [block, inode] = [view.getUint32(4, false), view.getUint16(104, false)];
  const first = (root >> perBlock) * block + (root & ((1 << perBlock) - 1)) * inode;
  const tables = Array.from({ length: 24 }, (_, i) => first + i * inode);
  return [
    ...fieldsAt(0, false, [
      [4, 4],
      [8, 8],
      [16, 8],
      [24, 8],
      [48, 8],
      [56, 8],
      [84, 4],
      [88, 4],
      [100, 2],
      [102, 2],
      [104, 2],
      [106, 2],
      [120, 1],
      [121, 1],
      [122, 1],
      [123, 1],
      [124, 1],
      [192, 1],
      [200, 4],
      [216, 4],
    ]),
    // Mode, version, format, size, blocks, extents, and what lies in the data fork.
    ...tables.flatMap((at) =>
      fieldsAt(at, false, [
        [2, 2],
        [4, 1],
        [5, 1],
        [56, 8],
        [64, 8],
        [76, 4],
        [82, 1],
        [83, 1],
        [176, 8],
        [176, 1],
        [177, 1],
        [184, 8],
      ]),
    ),
  ];
}

/** As much of a file is read as is said to be whole, up to this. */
const MOST_CONTENT = 1 << 24;
/** Names longer than a file system of this size has entries would be made up: 12 bytes is the least. */
const ENTRY_BYTES = 12;

interface Seed {
  bytes: Uint8Array;
  aim: Aim;
}

async function seedOf(id: string, fields: (bytes: Uint8Array) => Field[]): Promise<Seed> {
  const { origin } = await storeOfRow(id);
  const bytes = await origin.read([{ offset: 0, length: origin.size }]);
  const places = tellingPlaces(bytes, [[0, bytes.length]]);
  return { bytes, aim: { fields: fields(bytes), places } };
}

/** A list or a sentence, whatever the file system says, and no more files than have room in it. */
function fileSystem(name: string, id: string, fields: (bytes: Uint8Array) => Field[]): FuzzTarget {
  let seed: Promise<Seed> | null = null;
  return {
    name,
    run: async (rng) => {
      seed ??= seedOf(id, fields);
      const { bytes, aim } = await seed;
      const damaged = new Damaged(bytes);
      damage(damaged, aim, rng);
      try {
        return await read(damaged.bytes, rng);
      } finally {
        damaged.mend();
      }
    },
  };
}

async function read(bytes: Uint8Array, rng: Rng): Promise<string> {
  const source = new BoundedSource(bytes, 64 * bytes.length + 2 ** 26, rng);
  try {
    const lost = rng.chance(0.3)
      ? [
          {
            offset: rng.below(bytes.length + 1),
            length: rng.between(1, 1 << 16),
            why: "lost" as const,
          },
        ]
      : [];
    const { entries, problems } = await listed(source, lost);
    ok(entries.length < bytes.length / ENTRY_BYTES, "more files than have room");
    for (const { path } of entries) ok(path.startsWith("/") && !path.includes("\0"), path);
    for (const { message, code } of problems) ok(message && code);
    const whole = entries.filter(
      ({ type, state, size }) =>
        type === "file" && state === "whole" && Number(size) < MOST_CONTENT,
    );
    if (whole.length > 0) {
      const { inode } = rng.pick(whole);
      const [once, again] = [
        await contentHash(source, `<${inode}>`),
        await contentHash(source, `<${inode}>`),
      ];
      deepStrictEqual(once, again);
    }
    source.assertWellRead();
    const touched = entries.some(({ state }) => state !== "whole");
    return problems[0]?.code ?? (touched ? "files touched" : "whole");
  } catch (error) {
    source.assertWellRead();
    if (error instanceof Invalid || error instanceof TooMuch || error instanceof SourceError) {
      return error.name;
    }
    throw error;
  }
}

export const fileSystems: readonly FuzzTarget[] = [
  fileSystem("ext4", "fs-ext4", ext4Fields),
  fileSystem("xfs", "fs-xfs", xfsFields),
];
