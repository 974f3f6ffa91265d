import type { StoreFacts } from "../../protocol/facts.ts";
import type { PackKeeps } from "../../protocol/pack.ts";
import type { BlockSource, Range } from "../../source/block-source.ts";
import { type CheckedStore, checkToTheEnd } from "../check/check.ts";
import type { Core } from "../core.ts";
import { isNoArea, NotingSource } from "./looked-at.ts";
import { metadataPieces } from "./metadata-pieces.ts";
import { type Keep, packedView } from "./packed-view.ts";
import { outside, type Piece } from "./piece.ts";

/** A bundle before it is written. */
export interface Packing {
  /** The store without its data. */
  view: BlockSource;
  /** In the order of the device; what lies in none is zero. */
  pieces: readonly Piece[];
  /** Of data chunks: whether numbers stay in it, or what reads as exceptions by another chunk size. */
  keeps: PackKeeps;
}

/** Reads of that length and more ask only whether anything at all lies there. */
const LONG = 1 << 20;

/**
 * Leaves out of a store all that a check does not need, and as much of the rest as it does not
 * need to the byte: from nothing of the data chunks on, more is kept until the check of what is kept
 * says the same. So that the report is the same is not hoped for, but tried.
 * @param sameReport whether a check's facts come to the report of the whole store.
 * @returns null where not even exceptions by another chunk size are enough. @throws SourceError
 */
export async function packStore(
  compiled: WebAssembly.Module,
  source: BlockSource,
  { core, facts }: CheckedStore,
  keepSlack: boolean,
  sameReport: (facts: StoreFacts) => boolean,
): Promise<Packing | null> {
  const metadata = metadataPieces(core, facts, keepSlack);
  const noting = new NotingSource(source, isNoArea(core, facts));
  await check(compiled, noting, facts);
  const looked = outside(noting.ranges, metadata);
  const short = outside(
    noting.ranges.filter(({ length }) => length < LONG),
    metadata,
  );
  for (const { ranges, keep, keeps } of steps(core, looked, short)) {
    const pieces = [...metadata, ...ranges.map(dataPiece)].sort((a, b) => a.offset - b.offset);
    const view = packedView(core, source, pieces, keep);
    if (sameReport(await check(compiled, view, facts))) return { view, pieces, keeps };
  }
  return null;
}

interface Step {
  ranges: readonly Range[];
  keep: Keep;
  keeps: Packing["keeps"];
}

/** From what gives least away on. */
function steps(core: Core, looked: readonly Range[], short: readonly Range[]): Step[] {
  const numbers = core.KEEP_NUMBERS.value;
  const all = numbers | core.KEEP_EXCEPTIONS.value;
  const nothing = { slack: 0, data: 0 };
  return [
    { ranges: [], keep: nothing, keeps: "zeros" },
    { ranges: short, keep: nothing, keeps: "zeros" },
    { ranges: looked, keep: nothing, keeps: "zeros" },
    { ranges: looked, keep: { slack: numbers, data: 0 }, keeps: "numbers" },
    { ranges: looked, keep: { slack: all, data: 0 }, keeps: "exceptions" },
    { ranges: looked, keep: { slack: all, data: numbers }, keeps: "exceptions" },
    { ranges: looked, keep: { slack: all, data: all }, keeps: "exceptions" },
  ];
}

const dataPiece = ({ offset, length }: Range): Piece => ({
  ...{ what: "data", offset, length, masked: true, area: null },
});

async function check(
  compiled: WebAssembly.Module,
  source: BlockSource,
  { options }: StoreFacts,
): Promise<StoreFacts> {
  return (await checkToTheEnd(compiled, source, options, false)).facts;
}
