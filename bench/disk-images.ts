import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { hasQemuImg } from "../scripts/lib/qemu-img.mjs";
import { diskImages } from "../src/container/disk-images.ts";
import { checkStore } from "../src/engine/check/check.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { FileSource } from "../src/source/node/file-source.ts";
import { makeStore } from "./make-store.ts";

/** What reading a store in a disk image costs over reading it bare: ratios within a round, nothing asserted. */
const FOLDER = "build/bench";
const EXCEPTIONS = 500_000;
const WARM_UP = 3;
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
  if (!hasQemuImg()) return;
  const store = `${FOLDER}/store.img`;
  makeStore(store, EXCEPTIONS, 8);
  const sources: [string, BlockSource][] = [["bare", FileSource.open(store)]];
  for (const [format, options] of IMAGES) {
    const path = `${FOLDER}/image${sources.length}.${format}`;
    execFileSync("qemu-img", ["convert", "-f", "raw", "-O", format, "-o", options, store, path]);
    sources.push([`${format}, ${options}`, await openImage(path, format)]);
  }
  const compiled = await WebAssembly.compile(readFileSync("build/core.wasm"));
  const times = sources.map((): number[] => []);
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const [i, [, source]] of turned([...sources.entries()], round)) {
      const start = process.cpuUsage();
      const checked = await checkStore(compiled, source, DEFAULT_OPTIONS, false, {
        afterBatch: () => true,
      });
      const { user, system } = process.cpuUsage(start);
      if (checked?.facts.exceptions !== BigInt(EXCEPTIONS)) throw new Error("miscounted");
      if (round >= WARM_UP) times[i]?.push((user + system) / 1000);
    }
  }
  console.log(`check of ${EXCEPTIONS} exceptions, ${ROUNDS} rounds in turn: ms of the processor`);
  for (const [i, [name]] of sources.entries()) {
    const own = times[i] ?? [];
    const ratios = own.map((ms, round) => ms / (times[0]?.[round] ?? ms));
    console.log(
      `  ${name.padEnd(34)} ${median(own).toFixed(1)} ms, ratio ${median(ratios).toFixed(2)}`,
    );
  }
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

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Each round begins with another, so that none always comes first. */
function turned<T>(items: T[], by: number): T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
