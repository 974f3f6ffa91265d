import type { StoreFacts } from "../../protocol/facts.ts";
import type { BlockSource } from "../../source/block-source.ts";
import type { Core } from "../core.ts";
import { copyRows } from "../read/kept-rows.ts";
import type { DumpItem } from "./dump-item.ts";
import { slackRuns } from "./slack-runs.ts";

/** Bytes that are looked through at a time. */
const STEP = 1 << 20;

/**
 * The metadata of a store that was checked: header, every area up to the table's end, and what lies
 * in them that the kernel passes over, so that the same bytes can be made of it again. Data chunks
 * are not read.
 * @param core holds the rows. @throws SourceError
 */
export async function* dumpStore(
  core: Core,
  source: BlockSource,
  facts: StoreFacts,
): AsyncGenerator<DumpItem> {
  const { header, chunkSize, areasRead, exceptionsPerArea } = facts;
  if (header === null) throw new RangeError("what has no header cannot be dumped");
  const chunkBytes = chunkSize * 512;
  const entryBytes = core.EXCEPTION_BYTES.value;
  yield { kind: "store", bytes: source.size, chunkSize, header };
  yield* slack(source, core.HEADER_BYTES.value, Math.min(chunkBytes, source.size));
  for (let index = 0; index < areasRead; index++) {
    const chunk = core.area_location(BigInt(index), exceptionsPerArea);
    const start = Number(chunk) * chunkBytes;
    yield { kind: "area", index, chunk };
    const rows = copyRows(core, index * exceptionsPerArea, exceptionsPerArea);
    yield* runs(rows);
    yield* slack(source, start + (rows.length / 2) * entryBytes, start + chunkBytes);
  }
}

/** Neighbours that follow one another in both chunks, together. */
function* runs(rows: BigUint64Array): Generator<DumpItem> {
  let length = 0;
  let first: [old: bigint, new_: bigint] = [0n, 0n];
  for (let at = 0; at < rows.length; at += 2) {
    const [old, new_] = [rows[at] ?? 0n, rows[at + 1] ?? 0n];
    const next = BigInt(length);
    if (length > 0 && old === first[0] + next && new_ === first[1] + next) {
      length += 1;
      continue;
    }
    if (length > 0) yield { kind: "run", old: first[0], new: first[1], length };
    [first, length] = [[old, new_], 1];
  }
  if (length > 0) yield { kind: "run", old: first[0], new: first[1], length };
}

/** What is not zero from `offset` to `end`, both in bytes of the device. */
async function* slack(source: BlockSource, offset: number, end: number): AsyncGenerator<DumpItem> {
  for (let at = offset; at < end; at += STEP) {
    const bytes = await source.read([{ offset: at, length: Math.min(STEP, end - at) }]);
    for (const run of slackRuns(bytes, at)) yield { kind: "slack", ...run };
  }
}
