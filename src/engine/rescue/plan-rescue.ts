import type { CheckOptions } from "../../protocol/check.ts";
import { failure, type Problem, type Result, success } from "../../protocol/problem.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { PatchedSource } from "../../source/patched-source.ts";
import { type CheckedStore, checkStore } from "../check/check.ts";
import { cancelled } from "../problems.ts";
import { TableTooLarge } from "../read/read-areas.ts";
import { invalidated } from "../repair/invalidated.ts";
import { provenChunkSize } from "../repair/proven-chunk-size.ts";
import { headerPatches } from "../repair/right-header.ts";
import { SnapshotMap } from "../snapshot/snapshot-map.ts";
import type { Rescued } from "./rescue-map.ts";

/** Longer than any origin: what lies behind its end is left out where it is known. */
const ANY_SECTORS = 2n ** 55n - 1n;

/**
 * Reads a store for what its exceptions hold of the origin: as it is where the kernel reads its
 * table, else as if its header were right and valid. Nothing is written.
 * @param going false: it is cancelled. @throws SourceError, TableTooLarge, TangledTable
 */
export async function planRescue(
  compiled: WebAssembly.Module,
  name: string,
  source: BlockSource,
  options: CheckOptions,
  going: () => boolean,
): Promise<Result<Rescued>> {
  const hooks = { afterBatch: going };
  const asItIs = await checkStore(compiled, source, options, true, hooks);
  if (!asItIs) return failure(cancelled(name));
  const patches = await patchesFor(asItIs, source);
  if (typeof patches === "string") return failure(noTable(name, patches));
  const cow = patches.length === 0 ? source : new PatchedSource(source, patches);
  const read =
    patches.length === 0 ? asItIs : await checkStore(compiled, cow, options, true, hooks);
  if (!read) return failure(cancelled(name));
  const { facts, core, rowsKept } = read;
  const { outcome, chunkSize } = facts.activation;
  if (outcome !== "read-areas" || chunkSize !== facts.chunkSize) {
    return failure(noTable(name, "no kernel reads it, also with a right header"));
  }
  if (!rowsKept) throw new TableTooLarge(facts.exceptions);
  const sectors = options.originSectors ?? ANY_SECTORS;
  const map = await SnapshotMap.load(compiled, { facts, cow, rows: core }, sectors, hooks);
  if (!map) return failure(cancelled(name));
  return success({ invalidated: invalidated(asItIs.core, asItIs.facts), facts, core, map });
}

/** What the header needs for its table to be read, or why nothing helps. @throws SourceError */
async function patchesFor({ core, facts }: CheckedStore, source: BlockSource) {
  if (facts.looksLike !== null) return "no store is in it";
  if (facts.activation.outcome === "read-areas") return [];
  const size = provenChunkSize(core, facts, false);
  if (!size) return "nothing tells its chunk size";
  return (await headerPatches(core, source, 1, size.sectors)) ?? "it is shorter than a header";
}

function noTable(name: string, why: string): Problem {
  return {
    code: "rescue.no-table",
    message: `There is nothing to rescue from ${name}: its exceptions cannot be read`,
    where: name,
    expected: "a table of exceptions",
    found: why,
    todo: "Check it first: the findings say what is wrong with it",
  };
}
