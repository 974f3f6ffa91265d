import { createHash } from "node:crypto";
import { clusterBitsFor } from "../container/qcow2/layout.ts";
import { PACKED, packedText } from "../container/qcow2/packed.ts";
import { headerBytes, writeQcow2 } from "../container/qcow2/write.ts";
import { type Packing, packStore } from "../engine/pack/pack-store.ts";
import { type UsedClusters, usedClusters } from "../engine/pack/used-clusters.ts";
import { packText } from "../explain/report/pack-text.ts";
import { makeReport, reportLine } from "../explain/report/report.ts";
import type { StoreFacts } from "../protocol/facts.ts";
import type { PackedStore } from "../protocol/machine.ts";
import type { PackReport } from "../protocol/pack.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { parseStoreOptions, type StoreArguments } from "./check-options.ts";
import { noStoreWords, type StoreAtHand, storeAtHand } from "./checked-store.ts";
import { loadCore } from "./load-core.ts";
import { type OpenFiles, withFiles } from "./open-files.ts";
import { writingTo } from "./out-file.ts";
import { complain, printable } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope pack`: header and areas alone, as a qcow2 whose report is the image's. */
export async function packCommand(args: string[]): Promise<number> {
  const asked = parseStoreOptions(args, ["out"], ["keep-slack", "keep-names"]);
  const { operands, values, flags } = asked;
  const out = values.get("out");
  if (operands.length === 0) throw new UsageError("name an image");
  if (!out) throw new UsageError("--out FILE is needed");
  const packed = withFiles(operands, async (files) => {
    const compiled = await loadCore();
    const store = await storeAtHand(files, compiled, asked);
    const unfit = noStoreWords(store);
    if (unfit !== null) return refuse(unfit);
    const packing = await pack(compiled, store, flags.has("keep-slack"));
    if (!packing) return refuse(differsWords(store));
    const names = packedStore(store, flags.has("keep-names"));
    await write(files, asked, out, packing, store, names);
    return 0;
  });
  return writingTo(out, packed);
}

function refuse(words: string): number {
  complain(`cowscope pack: ${words}`);
  return 1;
}

const differsWords = ({ name }: StoreAtHand): string =>
  `${name}: nothing was written. Its report rests on bytes of data chunks, so that no bundle without ` +
  "them has the same report. Save the report instead with cowscope check --json.";

async function pack(
  compiled: WebAssembly.Module,
  { source, checked }: StoreAtHand,
  keepSlack: boolean,
): Promise<Packing | null> {
  const lineOf = (facts: StoreFacts) => reportLine(makeReport("", facts));
  const wanted = lineOf(checked.facts);
  const same = (facts: StoreFacts) => lineOf(facts) === wanted;
  return packStore(compiled, source, checked, keepSlack, same);
}

/** What a bundle says of the store: names as they are, or hashed. */
function packedStore({ name, found, setting }: StoreAtHand, keepNames: boolean): PackedStore {
  const called = (kind: string, text: string) => (keepNames ? text : `${kind}-${hash(text)}`);
  const { subject, merging, incomplete } = setting;
  return {
    name: called("store", name),
    lvmChunkSectors: found?.lvmChunkSectors ?? null,
    snapshotBytes: found?.snapshotBytes ?? null,
    subject: subject && {
      vg: called("vg", subject.vg),
      lv: called("lv", subject.lv),
      origin: null,
    },
    merging: merging === true,
    lacks: incomplete?.lacks ?? null,
  };
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

async function write(
  files: OpenFiles,
  { operands, flags, json }: StoreArguments,
  out: string,
  { view, pieces, keeps }: Packing,
  { checked: { facts }, report }: StoreAtHand,
  packed: PackedStore,
): Promise<void> {
  const extension = { type: PACKED, data: new TextEncoder().encode(packedText(packed)) };
  const bits = clusterBitsFor(view.size, facts.chunkSize * 512, headerBytes(extension));
  const used = await usedClusters(view, pieces, 2 ** bits);
  const sink = FileSink.open(out, operands);
  let bytes: number;
  try {
    bytes = await writeQcow2(view, bits, used.clusters, extension, sink);
    files.assertUnchanged();
    sink.finish();
  } catch (error) {
    sink.abandon();
    throw error;
  }
  const { name } = packed;
  const said: PackReport = {
    schema: "cowscope.pack/1",
    bytes: String(bytes),
    store: {
      name,
      bytes: String(view.size),
      chunkSize: facts.chunkSize,
      verdict: report.verdict.id,
    },
    ...listed(used),
    factsKeep: keeps,
  };
  const hashed = !flags.has("keep-names");
  process.stdout.write(json ? `${JSON.stringify(said)}\n` : packText(said, printable(out), hashed));
}

function listed({ pieces }: UsedClusters): Pick<PackReport, "ranges" | "facts"> {
  const ranges: PackReport["ranges"] = [];
  const facts: PackReport["facts"] = [];
  for (const { what, offset, length, masked, area } of pieces) {
    const place = { offset: String(offset), length };
    if (masked && (what === "slack" || what === "data")) facts.push({ ...place, what });
    else if (what !== "data") ranges.push({ ...place, what, area });
  }
  return { ranges, facts };
}
