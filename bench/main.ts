import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Core, makeCore, NONE, putBytes } from "../src/engine/core.ts";
import { decodeInJavaScript } from "./decode.ts";
import { benchDiskImages } from "./disk-images.ts";
import { benchLayers } from "./layers.ts";
import { makeStore } from "./make-store.ts";
import { benchMap } from "./map.ts";
import { areasOf, oldChunks } from "./old-chunks.ts";
import { benchRace } from "./race.ts";
import { benchSmallChecks } from "./small-check.ts";

/** Ratios against a baseline of the same run; nothing here is asserted. */
const FOLDER = "build/bench";
const PER_AREA = 256;
const CHUNK_SECTORS = 8;
const BATCH_AREAS = 512;
const WARM_UP = 3;
const ROUNDS = 11;

mkdirSync(FOLDER, { recursive: true });
benchCheck();
await benchSmallChecks();
await benchDiskImages();
await benchDecode();
await benchLayers();
await benchRace();
await benchMap();

/** The whole command, start-up included, against one read an entry. */
function benchCheck(): void {
  const image = `${FOLDER}/five-million.img`;
  const exceptions = 5_000_000;
  const bytes = makeStore(image, exceptions, CHUNK_SECTORS);
  console.log(`check, ${exceptions} exceptions, ${(bytes / 2 ** 30).toFixed(1)} GiB sparse`);
  const ours = timed(() =>
    execFileSync("node", ["bin/cowscope.js", "check", "--json", image], { encoding: "utf8" }),
  );
  console.log(`  cowscope check            ${ours.ms.toFixed(0)} ms`);
  for (const [program, script] of [
    ["python3", "bench/one-read-an-entry.py"],
    ["ruby", "bench/one-read-an-entry.rb"],
  ] as const) {
    if (spawnSync(program, ["--version"]).status !== 0) continue;
    const theirs = timed(() => execFileSync(program, [script, image], { encoding: "utf8" }), 1);
    if (theirs.value.trim() !== String(exceptions)) throw new Error(`${script} read another count`);
    console.log(`  ${script}  ${theirs.ms.toFixed(0)} ms, ratio ${ratio(theirs.ms, ours.ms)}`);
  }
  rmSync(image);
}

/**
 * Decoding and validating in memory: the core, plain JavaScript, and C, and what merely reading the
 * table costs. In turn, so that all meet the same noise: ratios are taken within a round. Times are
 * the processor's, so that waiting for it does not count.
 */
async function benchDecode(): Promise<void> {
  const exceptions = 10_000_000;
  const words = areasOf(oldChunks(exceptions, 2), PER_AREA);
  console.log(`decode and validate, ${exceptions} exceptions in memory, ${ROUNDS} rounds in turn`);
  const compiled = await WebAssembly.compile(readFileSync("build/core.wasm"));
  const runC = prepareC(words);
  const core: number[] = [];
  const javascript: number[] = [];
  const c: number[] = [];
  const read: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const ours = timeCore(await makeCore(compiled), words);
    const bitmap = new Uint32Array(2 ** 29 / 32);
    const theirs = cpuTime(() => decodeInJavaScript(words, PER_AREA, bitmap));
    const native = runC?.();
    if (round < 0) continue;
    core.push(ours);
    javascript.push(theirs);
    if (!native) continue;
    c.push(native.decode);
    read.push(native.read);
  }
  console.log(
    "                                   best  median   worst ms   ratio: least, median, most",
  );
  printSpread("core", core, core);
  printSpread("plain JavaScript", javascript, core);
  if (!runC) return;
  printSpread("C, gcc -O3 -march=native", c, core);
  printSpread("the limit: a SIMD pass that sums", read, core);
}

function printSpread(name: string, times: number[], core: number[]): void {
  const ms = spread(times).map((time) => time.toFixed(1).padStart(7));
  const ratios = spread(times.map((time, round) => time / (core[round] ?? time)));
  console.log(
    `  ${name.padEnd(33)}${ms.join(" ")}      ${ratios.map((r) => r.toFixed(2)).join("  ")}`,
  );
}

/** Least, median, most. */
function spread(values: number[]): [number, number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return [at(0), at(sorted.length >> 1), at(sorted.length - 1)];
}

/** The table lies in the core's memory, where a file is read to; C and JavaScript have it in theirs. */
function timeCore(core: Core, words: Uint32Array<ArrayBuffer>): number {
  const bytes = new Uint8Array(words.buffer);
  core.describe(2n ** 40n, NONE, 512, CHUNK_SECTORS);
  core.set_store_chunk_size(CHUNK_SECTORS);
  const areaBytes = PER_AREA * 16;
  const table = core.reserve_rows(bytes.length);
  putBytes(core, table, bytes);
  const areas = bytes.length / areaBytes;
  const ms = cpuTime(() => {
    for (let area = 0; area < areas; area += BATCH_AREAS) {
      const count = Math.min(BATCH_AREAS, areas - area);
      core.take_pieces(table + area * areaBytes, area, count, false);
    }
  });
  if (core.get_exceptions() !== BigInt(words.length / 4 - slack(words)))
    throw new Error("miscounted");
  return ms;
}

/** Entries behind the end of the table. */
function slack(words: Uint32Array): number {
  let free = 0;
  while (words[words.length - 2 - free * 4] === 0) free++;
  return free;
}

/** Compiles the C program; null without a compiler. */
function prepareC(words: Uint32Array): (() => { decode: number; read: number }) | null {
  if (spawnSync("gcc", ["--version"]).status !== 0) return null;
  const program = `${FOLDER}/decode`;
  execFileSync("gcc", ["-O3", "-march=native", "-o", program, "bench/decode.c"]);
  const table = `${FOLDER}/table.bin`;
  writeFileSync(table, words);
  process.on("exit", () => rmSync(table, { force: true }));
  return () => {
    const out = execFileSync(program, [table, String(PER_AREA), "2"], { encoding: "utf8" });
    const [, , decode, read] = out.trim().split(" ").map(Number);
    return { decode: decode ?? Number.NaN, read: read ?? Number.NaN };
  };
}

/** What this process computes meanwhile, in ms. */
function cpuTime(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The best of `times` runs, in ms. */
function timed<T>(run: () => T, times = 3): { ms: number; value: T } {
  let best = { ms: Number.POSITIVE_INFINITY, value: undefined as T };
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    const value = run();
    const ms = performance.now() - start;
    if (ms < best.ms) best = { ms, value };
  }
  return best;
}

function ratio(theirs: number, ours: number): string {
  return (theirs / ours).toFixed(2);
}
