import type { BackwardsShape, ChunkPair, RaceParams } from "../../protocol/race.ts";

/**
 * The model of each shape. Only stores at index 0 and the memset of C7 fall on the first 16 bytes,
 * so what counts is their order. Where a whole area must fill between two of them, areas of two
 * entries stand for the real ones: the entries in between are other memory. All schedules in which
 * C7 runs at most once are covered; for it to run twice a whole area of copies would have to finish
 * during one write of the header, twice.
 */
interface Shape {
  shape: BackwardsShape;
  index: (perArea: number) => number;
  perArea: (real: number) => number;
  copies: number;
  /** The copies that store at index 0. */
  atFirst: readonly number[];
}

const asItIs = (real: number) => real;
const two = () => 2;
const zero = () => 0;
const last = (perArea: number) => perArea - 1;

const SHAPES: readonly Shape[] = [
  { shape: "elsewhere", index: () => 1, perArea: asItIs, copies: 1, atFirst: [] },
  { shape: "first-entry", index: zero, perArea: asItIs, copies: 1, atFirst: [0] },
  { shape: "area-fills", index: last, perArea: asItIs, copies: 1, atFirst: [] },
  {
    shape: "area-fills-then-first-entry",
    index: last,
    perArea: asItIs,
    copies: 2,
    atFirst: [1],
  },
  { shape: "first-entry-then-area-fills", index: zero, perArea: two, copies: 2, atFirst: [0] },
  {
    shape: "first-entry-area-fills-first-entry",
    index: zero,
    perArea: two,
    copies: 3,
    atFirst: [0, 2],
  },
];

/** A shape in one mode, its exceptions still to be filled in. */
export interface ShapeModel {
  shape: BackwardsShape;
  atFirst: readonly number[];
  params: (exceptions: readonly ChunkPair[]) => RaceParams;
  copies: number;
}

export function shapeModels(chunkSize: number, perArea: number): ShapeModel[] {
  const modes = ([8, 4] as const).flatMap((storeBytes) =>
    (["atomic", "words"] as const).map((ioCopy) => ({ storeBytes, ioCopy })),
  );
  return SHAPES.flatMap(({ shape, atFirst, copies, ...of }) => {
    const entriesPerArea = of.perArea(perArea);
    return modes.map((mode) => ({
      shape,
      atFirst,
      copies,
      params: (exceptions: readonly ChunkPair[]): RaceParams => ({
        fix: "before",
        ...mode,
        index: of.index(entriesPerArea),
        entriesPerArea,
        copies,
        pendingAfter: 0,
        chunkSize,
        exceptions,
        entry0: [3n, 2n],
      }),
    }));
  });
}
