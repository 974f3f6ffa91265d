import { checkToTheEnd } from "../engine/check/check.ts";
import { bytesWords, plural } from "../explain/words.ts";
import type { CheckOptions } from "../protocol/check.ts";
import { checkOptionsOf } from "../protocol/found-store.ts";
import type { FoundStore } from "../protocol/machine.ts";
import { mapfileText } from "../protocol/mapfile.ts";
import { type BlockSource, SourceError } from "../source/block-source.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { RecordedRanges } from "../source/recorded-ranges.ts";
import { parseStoreOptions } from "./check-options.ts";
import { addDataRanges } from "./data-ranges.ts";
import { incomplete } from "./found-store.ts";
import { allShown, nameOf } from "./image-names.ts";
import { ImageError, problemWords } from "./image-problem.ts";
import { loadCore } from "./load-core.ts";
import { layersIn, machineIn } from "./machine.ts";
import { type OpenFiles, withFiles } from "./open-files.ts";
import { writingTo } from "./out-file.ts";
import { RecordingInput } from "./recording-input.ts";
import { noStore, pickStore } from "./store-names.ts";
import { complain, printable } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** ddrescue copies in sectors, and drives have them this long at most. */
const SECTOR = 4096;

/**
 * `cowscope mapfile`: a domain mapfile for ddrescue of what matters in the first image: all that a
 * check reads of it, and the data chunks that exceptions name.
 */
export async function mapfileCommand(args: string[]): Promise<number> {
  const asked = parseStoreOptions(args, ["out", "mapfile"], ["metadata"]);
  const { operands, values, flags } = asked;
  if (operands.length === 0) throw new UsageError("name an image");
  const out = values.get("out");
  if (!out) throw new UsageError("--out FILE is needed");
  const step = async (opened: OpenFiles) => {
    const ranges = new RecordedRanges();
    const files = opened.withFirst((first) => new RecordingInput(first, ranges));
    const wanted = await storesIn(files, asked.store, asked.options);
    const problems = await lookInto(files, wanted, flags.has("metadata"), ranges);
    const [image] = files.sources;
    if (!image) throw new Error("a file that was opened is not there");
    const size = await write(out, opened, image, ranges);
    process.stdout.write(
      `${printable(out)}: ${plural(size.ranges, "range")} of ${printable(nameOf(operands[0] ?? ""))}, ${bytesWords(size.bytes)} of ${bytesWords(image.size)}\n`,
    );
    for (const problem of problems) complain(`cowscope mapfile: ${problem}`);
    if (problems.length === 0) return 0;
    complain(
      `cowscope mapfile: not everything that matters is known yet. Let ddrescue save what ${out} names, and ask again with its mapfile.`,
    );
    return 2;
  };
  return writingTo(out, withFiles(operands, step, asked.mapfile));
}

/** A store that is to be saved, or what stands against it. */
interface Wanted {
  /** null: a machine without stores, as far as it can be seen. */
  source: BlockSource | null;
  options: CheckOptions;
  name: string;
  /** "" where nothing does. */
  problem: string;
}

async function storesIn(
  files: OpenFiles,
  asked: string | null,
  options: CheckOptions,
): Promise<Wanted[]> {
  const compiled = await loadCore();
  const [file, ...more] = files.sources;
  const name = allShown(files.paths);
  const alone = asked === null && more.length === 0;
  const machine = alone
    ? await layersIn(files, compiled, true)
    : await machineIn(files, compiled, true);
  if (!machine) return file ? [{ source: file, options, name, problem: "" }] : [];
  const { tree, sources } = machine;
  const problems = tree.problems.map((problem) => ({
    source: null,
    options,
    name,
    problem: problemWords(problem),
  }));
  if (tree.stores.length === 0) {
    const problem = problemWords(noStore(tree.problems, name));
    return [{ source: null, options, name, problem }];
  }
  const stores = asked === null ? tree.stores : [pickStore(tree, asked, name)];
  const wanted = (store: FoundStore): Wanted => {
    const source = sources.get(store.node) ?? null;
    const problem = source ? "" : problemWords(incomplete(store));
    return { source, options: checkOptionsOf(store, options), name: store.name, problem };
  };
  return [...problems, ...stores.map(wanted)];
}

/** Reads each store as a check does. @returns what stood in the way, in sentences. */
async function lookInto(
  files: OpenFiles,
  stores: readonly Wanted[],
  metadataOnly: boolean,
  ranges: RecordedRanges,
): Promise<string[]> {
  const compiled = await loadCore();
  const [image] = files.sources;
  const problems: string[] = [];
  for (const { source, options, name, problem } of stores) {
    if (problem !== "") problems.push(problem);
    if (!source || !image) continue;
    try {
      const checked = await checkToTheEnd(compiled, source, options, true);
      if (checked.facts.looksLike !== null) problems.push(`${name} is no COW store.`);
      else if (!metadataOnly) await addDataRanges(checked, source, image, ranges);
    } catch (error) {
      if (!(error instanceof SourceError) || error.kind === "changed") throw error;
      const { message, found } = ImageError.of(error, name).problem;
      problems.push(`${message} (${found}).`);
    }
  }
  return problems;
}

/** Whole sectors, of the image's own length. @throws SinkError */
async function write(
  out: string,
  { inputs }: OpenFiles,
  image: BlockSource,
  ranges: RecordedRanges,
): Promise<{ ranges: number; bytes: number }> {
  const whole = new RecordedRanges();
  for (const { offset, length } of ranges.inOrder()) {
    const from = offset - (offset % SECTOR);
    const end = Math.min(Math.ceil((offset + length) / SECTOR) * SECTOR, image.size);
    whole.add({ offset: from, length: end - from });
  }
  const there = whole.inOrder();
  const blocks = there.map(({ offset, length }) => ({
    offset: BigInt(offset),
    length: BigInt(length),
  }));
  const comments = ["Domain mapfile of cowscope: ddrescue --domain-mapfile saves what is + first"];
  const sink = FileSink.open(out, inputs);
  try {
    for (const text of mapfileText(blocks, BigInt(image.size), comments)) {
      sink.write(new TextEncoder().encode(text));
    }
    sink.finish();
  } catch (error) {
    sink.abandon();
    throw error;
  }
  return { ranges: there.length, bytes: there.reduce((sum, { length }) => sum + length, 0) };
}
