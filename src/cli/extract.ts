import { createHash } from "node:crypto";
import type { Machine } from "../container/find.ts";
import type { FoundStore } from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { copyTo } from "../source/sink/copy.ts";
import type { Sink } from "../source/sink/sink.ts";
import { type ExtractArguments, parseExtractArguments } from "./extract-options.ts";
import { expectData } from "./found-store.ts";
import { type Gap, gapsOf, gapWords } from "./gaps.ts";
import { allShown } from "./image-names.ts";
import { ImageError } from "./image-problem.ts";
import { loadCore } from "./load-core.ts";
import { machineIn } from "./machine.ts";
import { withFiles } from "./open-files.ts";
import { writingTo } from "./out-file.ts";
import { pickStore } from "./store-names.ts";
import { complain, printable } from "./terminal.ts";

/** `cowscope extract`: the bytes of a store's COW device, or of its origin, into a file. */
export async function extractCommand(args: string[]): Promise<number> {
  const parsed = parseExtractArguments(args);
  const { disks, partial } = parsed;
  const extracted = withFiles(
    disks,
    async (files) => {
      const machine = await machineIn(files, await loadCore(), partial);
      const store = pickStore(machine.tree, parsed.store, allShown(disks));
      expectData(store);
      return await extract(parsed, bytesOf(machine, store, parsed.origin), store, files.inputs);
    },
    parsed.mapfile,
  );
  return writingTo(parsed.out, extracted);
}

/** What is to be written, by the name of its volume. */
interface Wanted {
  name: string;
  source: BlockSource;
  complete: boolean;
}

/** @throws ImageError where its bytes cannot be put together at all. */
function bytesOf({ tree, sources }: Machine, store: FoundStore, origin: boolean): Wanted {
  if (origin && !store.origin) {
    throw new ImageError({
      code: "store.no-origin",
      message: `Nothing says which origin ${store.name} belongs to`,
      where: store.name,
      expected: "a snapshot of a volume group",
      found: "a store outside of LVM",
      todo: "Look for its origin among what cowscope find lists",
    });
  }
  const { node, name } = origin && store.origin ? store.origin : store;
  const complete = origin && store.origin ? store.origin.readable : store.complete;
  const source = sources.get(node);
  if (source) return { name, source, complete };
  throw new ImageError({
    code: "store.no-bytes",
    message: `The bytes of ${name} cannot be put together`,
    where: name,
    expected: "a volume that lies on the disks as it is",
    found: tree.nodes[node]?.why ?? "it is not there",
    todo: "Activate it where LVM runs, and copy the device",
  });
}

async function extract(
  { out, partial, json, origin }: ExtractArguments,
  { name, source, complete }: Wanted,
  store: FoundStore,
  inputs: readonly string[],
): Promise<number> {
  const gaps = complete ? [] : await gapsOf(source);
  if (gaps.length > 0 && !partial) throw new ImageError(notWhole(name, gaps));
  const hash = createHash("sha256");
  await copyTo(source, hashing(FileSink.open(out, inputs), hash), gaps);
  const report = {
    schema: "cowscope.extract/1",
    store: store.name,
    device: origin ? "origin" : "cow",
    name,
    bytes: String(source.size),
    sha256: hash.digest("hex"),
    missing: gaps.map((gap) => ({
      offset: String(gap.offset),
      bytes: String(gap.length),
      why: gap.why,
    })),
  };
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : words(report, out));
  if (gaps.length === 0) return 0;
  complain(
    `cowscope extract: ${name} is not whole in ${out}: ${gapWords(gaps)}, zeros in their place.`,
  );
  return 2;
}

function words(
  { name, bytes, sha256 }: { name: string; bytes: string; sha256: string },
  out: string,
) {
  return `${printable(name)}: ${bytes} bytes, written to ${printable(out)}\nsha256 ${sha256}\n`;
}

function notWhole(name: string, gaps: readonly Gap[]) {
  return {
    code: "store.incomplete",
    message: `Nothing was written: ${name} is not all there`,
    where: name,
    expected: "every byte of it",
    found: gapWords(gaps),
    todo: "Hand over all disks of the machine together, or take what there is with --partial: zeros are then written in place of what is missing",
  };
}

function hashing(sink: FileSink, hash: { update(bytes: Uint8Array): unknown }): Sink {
  return {
    write: (bytes) => {
      hash.update(bytes);
      sink.write(bytes);
    },
    finish: () => sink.finish(),
    abandon: () => sink.abandon(),
  };
}
