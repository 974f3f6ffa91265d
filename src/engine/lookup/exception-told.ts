import type { StoreFacts } from "../../protocol/facts.ts";
import type { LookupException } from "../../protocol/lookup.ts";
import type { Core } from "../core.ts";
import type { Match } from "./pass-table.ts";
import { type PlaceFacts, SECTOR } from "./place.ts";
import { chunkNumber, isPowerOf2, mappedTo } from "./read-of-chunk.ts";

/** The chunk of the origin that an exception makes the place asked for stand for. */
export function originChunk(facts: StoreFacts, match: Match, at: PlaceFacts): bigint {
  if (at.row !== null) return match.old;
  return match.old + (at.chunk - chunkNumber(facts, match.new));
}

/** @param core loaded with the lists of the chunks that it stands for. */
export function exceptionOf(
  core: Core,
  facts: StoreFacts,
  match: Match,
  at: PlaceFacts,
  fromOrigin: boolean,
): LookupException {
  const perArea = BigInt(facts.exceptionsPerArea);
  const chunkBytes = BigInt(facts.chunkSize) * SECTOR;
  const within = at.row === null ? at.within : 0n;
  const number = chunkNumber(facts, match.new);
  const old = fromOrigin ? at.chunk : originChunk(facts, match, at);
  const cow = fromOrigin ? number + (at.chunk - match.old) : at.row === null ? at.chunk : number;
  return {
    row: String(match.row),
    area: String(match.row / perArea),
    index: String(match.row % perArea),
    oldChunk: String(match.old),
    newChunk: String(match.new),
    originOffset: String(old * chunkBytes + within),
    cowOffset: String(cow * chunkBytes + within),
    inForce: inForce(core, facts, old, cow),
  };
}

/** Whether a read of chunk `old` of the snapshot goes to chunk `cow`, or is refused there. */
function inForce(core: Core, facts: StoreFacts, old: bigint, cow: bigint): boolean | null {
  if (!isPowerOf2(facts.chunkSize)) return null;
  const to = mappedTo(core, facts, BigInt.asUintN(64, old));
  if (to === null) return null;
  if (to === "error") return cow >= core.get_cow_chunks();
  return to === BigInt.asUintN(64, cow * BigInt(facts.chunkSize));
}
