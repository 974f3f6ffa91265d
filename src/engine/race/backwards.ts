import { failure, type Problem, type Result, success } from "../../protocol/problem.ts";
import type {
  BackwardsAnswer,
  BackwardsQuestion,
  BackwardsSolution,
  ChunkPair,
  HalfKnown,
  HeaderWords,
} from "../../protocol/race.ts";
import { dataChunk } from "../../protocol/race-defaults.ts";
import type { Core } from "../core.ts";
import { doubtsAbout } from "./backwards-doubts.ts";
import { type ShapeModel, shapeModels } from "./backwards-shapes.ts";
import { explore } from "./explore.ts";
import { witness } from "./witness.ts";

/**
 * Which schedules and which exceptions leave exactly these 16 bytes in chunk 0. Steps do not depend
 * on the values stored, so each shape is explored once with marks for values: a final header then
 * says of each word whether it is I's, zero, or a certain half of a certain exception, and the bytes
 * given either contradict that or tell the half.
 */
export function backwards(core: Core, question: BackwardsQuestion): Result<BackwardsAnswer> {
  const { header, chunkSize } = question;
  if (!core.size_readable(chunkSize)) return failure(noChunkSize(chunkSize));
  const perArea = core.exceptions_per_area(chunkSize);
  const written = (valid: 0 | 1): HeaderWords => [core.SNAP_MAGIC.value >>> 0, valid, 1, chunkSize];
  const isWritten = (valid: 0 | 1) => written(valid).every((word, w) => word === header[w]);
  const solutions = new Map<string, BackwardsSolution>();
  let searched = 0n;
  for (const model of shapeModels(chunkSize, perArea)) {
    const marked = explore(core, model.params(marks(model.copies)));
    if (!marked.ok) continue;
    searched += marked.value.schedules;
    for (const words of marked.value.headers) {
      const halves = match(words, header, model.copies);
      if (!halves) continue;
      const found = witness(core, words);
      if (!found) continue;
      const solution = solutionOf(model, halves, question, perArea);
      const key = JSON.stringify([solution.shape, solution.exceptions]);
      const known = solutions.get(key) ?? solution;
      known.modes.push({ params: model.params(filledIn(halves, perArea)), ...found });
      solutions.set(key, known);
    }
  }
  return success({
    intended: isWritten(0),
    inUse: isWritten(1),
    solutions: [...solutions.values()].sort(
      (a, b) => a.doubts.length - b.doubts.length || fewestSwitches(a) - fewestSwitches(b),
    ),
    searched,
  });
}

const fewestSwitches = ({ modes }: BackwardsSolution) =>
  Math.min(...modes.map(({ switches }) => switches));

function noChunkSize(found: number): Problem {
  return {
    code: "option.bad",
    message: "The way back needs the chunk size that the store really has",
    where: "chunkSize",
    expected: "a power of 2 up to 4194303 sectors",
    found: String(found),
    todo: "Give the chunk size of the table line",
  };
}

/** What is known of a copy's exception: the four header words it would fill, null: unknown. */
type Halves = [number | null, number | null, number | null, number | null];

/** A value that no thread stores otherwise: copy `copy`, word `w`. */
const mark = (copy: number, w: number) => 0xe000_0000 + copy * 4 + w;

function marks(copies: number): ChunkPair[] {
  return Array.from({ length: copies }, (_, copy) => {
    const half = (w: number) => BigInt(mark(copy, w));
    return [half(0) | (half(1) << 32n), half(2) | (half(3) << 32n)];
  });
}

/** The halves that make `words`, marks and all, the header given; null if nothing does. */
function match(words: HeaderWords, header: HeaderWords, copies: number): Halves[] | null {
  const halves = Array.from({ length: copies }, (): Halves => [null, null, null, null]);
  for (const w of [0, 1, 2, 3] as const) {
    const marked = halves.find((_, copy) => mark(copy, w) === words[w]);
    if (marked) marked[w] = header[w];
    else if (words[w] !== header[w]) return null;
  }
  return halves;
}

function solutionOf(
  model: ShapeModel,
  halves: readonly Halves[],
  question: BackwardsQuestion,
  perArea: number,
): BackwardsSolution {
  const exceptions = model.atFirst.flatMap((copy) => {
    const words = halves[copy];
    if (!words) return [];
    const [oldLow, oldHigh, newLow, newHigh] = words;
    return [{ old: { low: oldLow, high: oldHigh }, new: { low: newLow, high: newHigh } }];
  });
  return {
    shape: model.shape,
    exceptions,
    doubts: doubtsAbout(exceptions, question, perArea),
    modes: [],
  };
}

/** Exceptions to play the solution with: where the bytes do not tell, what a kernel might use. */
function filledIn(halves: readonly Halves[], perArea: number): ChunkPair[] {
  return halves.map(([oldLow, oldHigh, newLow, newHigh], copy) => {
    const invented = dataChunk(copy, perArea);
    return [
      chunkOf({ low: oldLow, high: oldHigh }, BigInt(7 + copy)),
      chunkOf({ low: newLow, high: newHigh }, invented),
    ];
  });
}

function chunkOf({ low, high }: HalfKnown, invented: bigint): bigint {
  return (low === null ? invented : BigInt(low)) | (BigInt(high ?? 0) << 32n);
}
