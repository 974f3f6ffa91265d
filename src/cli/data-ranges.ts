import { whereaboutsOf } from "../container/whereabouts.ts";
import type { CheckedStore } from "../engine/check/check.ts";
import { copyRows } from "../engine/read/kept-rows.ts";
import type { BlockSource, Range } from "../source/block-source.ts";
import type { RecordedRanges } from "../source/recorded-ranges.ts";

/** Adds where in `image` the data chunks lie that the exceptions of a store name. @throws SourceError */
export async function addDataRanges(
  { core, facts }: CheckedStore,
  store: BlockSource,
  image: BlockSource,
  ranges: RecordedRanges,
): Promise<void> {
  for (const run of dataRuns(copyRows(core, 0, Number(facts.exceptions)), facts.chunkSize, store)) {
    for await (const piece of whereaboutsOf(store, run, [image])) {
      if (piece.in === "file") ranges.add(piece);
    }
  }
}

/** The data chunks that lie on the device, in its order. @param chunkSize in sectors. */
function* dataRuns(rows: BigUint64Array, chunkSize: number, store: BlockSource): Generator<Range> {
  const chunkBytes = chunkSize * 512;
  const chunks = rows.filter((_, at) => at % 2 === 1).sort();
  const end = BigInt(Math.floor(store.size / chunkBytes));
  let run: Range | null = null;
  for (const chunk of chunks) {
    if (chunk >= end) break;
    const offset: number = Number(chunk) * chunkBytes;
    if (run && offset <= run.offset + run.length) run.length = offset + chunkBytes - run.offset;
    else {
      if (run) yield run;
      run = { offset, length: chunkBytes };
    }
  }
  if (run) yield run;
}
