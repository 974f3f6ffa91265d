import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { basename } from "node:path";
import { hasTools, QEMU } from "../scripts/lib/tools.mjs";
import { diskImages } from "../src/container/disk-images.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { FileSource } from "../src/source/node/file-source.ts";
import { checkInTurn } from "./check-in-turn.ts";
import { makeStore } from "./make-store.ts";

/** What reading a store in a disk image costs over reading it bare: ratios within a round, nothing asserted. */
const FOLDER = "build/bench";
const EXCEPTIONS = 500_000;
const ROUNDS = 21;

const IMAGES: [format: string, options: string][] = [
  ["qcow2", "cluster_size=64k"],
  ["qcow2", "preallocation=metadata"],
  ["qcow2", "cluster_size=4k"],
  ["qcow2", "extended_l2=on"],
  ["vmdk", "subformat=monolithicSparse"],
  ["vhdx", "block_size=1M"],
  ["vdi", "static=off"],
];

export async function benchDiskImages(): Promise<void> {
  if (!hasTools(QEMU)) return;
  const store = `${FOLDER}/store.img`;
  makeStore(store, EXCEPTIONS, 8);
  const sources: [string, BlockSource][] = [["bare", FileSource.open(store)]];
  for (const [format, options] of IMAGES) {
    const path = `${FOLDER}/image${sources.length}.${format}`;
    execFileSync("qemu-img", ["convert", "-f", "raw", "-O", format, "-o", options, store, path]);
    sources.push([`${format}, ${options}`, await openImage(path, format)]);
  }
  await checkInTurn(sources, EXCEPTIONS, ROUNDS);
  for (const [i, [format]] of IMAGES.entries()) rmSync(`${FOLDER}/image${i + 1}.${format}`);
  rmSync(store);
}

async function openImage(path: string, kind: string): Promise<BlockSource> {
  const wrapper = diskImages.find((one) => one.kind === kind);
  const peers = { partial: false, find: () => null };
  const opened = await wrapper?.open(FileSource.open(path), basename(path), peers);
  if (!opened?.ok) throw new Error(opened?.problem.message ?? `${kind} is not known`);
  return opened.value.source;
}
