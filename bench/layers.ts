import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import {
  assembleGroups,
  type LogicalVolume,
  readPhysicalVolume,
} from "../src/container/lvm2/lvm2.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { FileSource } from "../src/source/node/file-source.ts";
import { buildPv } from "../testing/lvm2-builder.ts";
import { groupText, stripes, uuid, volume } from "../testing/lvm2-text.ts";
import { checkInTurn } from "./check-in-turn.ts";
import { makeStore } from "./make-store.ts";

/** What reading a store inside LVM costs over reading it bare: ratios within a round, nothing asserted. */
const FOLDER = "build/bench";
const EXCEPTIONS = 500_000;
const CHUNK = 4096;
const PER_AREA = 256;
const EXTENT = 1 << 20;
const START = 1 << 20;
const ROUNDS = 41;

export async function benchLayers(): Promise<void> {
  const store = `${FOLDER}/store.img`;
  const bytes = makeStore(store, EXCEPTIONS, CHUNK / 512);
  const extents = Math.ceil(bytes / EXTENT / 6) * 6;
  const third = extents / 3;
  const half = extents / 2;
  const far = ["pv", half] as const;
  const layouts: [string, string[]][] = [
    ["linear", [stripes(0, extents, [["pv", 0]])]],
    ["three segments", [0, 1, 2].map((i) => stripes(i * third, third, [["pv", (2 - i) * third]]))],
    ["two stripes of 64 KiB", [stripes(0, extents, [["pv", 0], far], 128)]],
    ["two stripes of 4 KiB", [stripes(0, extents, [["pv", 0], far], 8)]],
  ];
  const bare = FileSource.open(store);
  const sources: [string, BlockSource][] = [["bare", bare]];
  for (const [i, [name, segments]] of layouts.entries()) {
    sources.push([`LVM, ${name}`, await inLvm(`${FOLDER}/disk${i}.img`, bare, extents, segments)]);
  }
  await checkInTurn(sources, EXCEPTIONS, ROUNDS);
  rmSync(store);
  for (const i of layouts.keys()) rmSync(`${FOLDER}/disk${i}.img`);
}

/** A disk with a group in which the volume holds the store's header and areas. */
async function inLvm(
  path: string,
  store: FileSource,
  extents: number,
  segments: string[],
): Promise<BlockSource> {
  const text = groupText({
    extentSize: EXTENT / 512,
    devices: [{ name: "pv", peStart: START / 512, peCount: extents }],
    volumes: [volume("store", segments)],
  });
  const head = buildPv({
    bytes: START,
    uuid: uuid("pv"),
    mdas: [{ at: 4096, bytes: START - 4096, text }],
  });
  const descriptor = openSync(path, "w");
  writeSync(descriptor, head);
  ftruncateSync(descriptor, START + extents * EXTENT);
  const disk = FileSource.open(path);
  const pv = await readPhysicalVolume(disk, path);
  const lv = assembleGroups(pv ? [pv] : []).groups[0]?.volumes[0];
  if (!lv?.source) throw new Error("no volume");
  for (let at = 0; at < store.size; at += at === 0 ? CHUNK : (PER_AREA + 1) * CHUNK) {
    writeSync(
      descriptor,
      await store.read([{ offset: at, length: CHUNK }]),
      0,
      CHUNK,
      await placeOf(lv, at),
    );
  }
  closeSync(descriptor);
  return lv.source;
}

/** A chunk lies in one piece: extents and stripes are no smaller. */
async function placeOf({ source, name }: LogicalVolume, at: number): Promise<number> {
  const [extent] = (await source?.locate({ offset: at, length: CHUNK })) ?? [];
  if (extent?.from !== "child" || extent.length !== CHUNK)
    throw new Error(`${name} lies elsewhere`);
  return extent.offset;
}
