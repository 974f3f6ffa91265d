import { riskWords } from "../../explain/rescue/risk-words.ts";
import type { RescueKind, RescueRange, RescueReport } from "../../protocol/rescue.ts";
import { type Rescued, type RescuePiece, rescuePieces } from "./rescue-map.ts";

/** Ranges that are listed; all are counted. */
const MOST_RANGES = 1_000_000;

/** @param name the store, as a report names it. */
export function rescueReport(name: string, rescued: Rescued): RescueReport {
  const { facts, invalidated } = rescued;
  const chunkBytes = facts.chunkSize * 512;
  const given = originBytes(rescued);
  const chunks: Record<RescueKind, number> = { known: 0, doubtful: 0, lost: 0 };
  const ranges: RescueRange[] = [];
  let unlisted = 0;
  let end = 0;
  for (const piece of rescuePieces(rescued, given)) {
    chunks[piece.is] += Math.ceil(piece.length / chunkBytes);
    if (piece.is === "known") end = piece.offset + piece.length;
    if (ranges.length < MOST_RANGES) ranges.push(rangeOf(piece));
    else unlisted += 1;
  }
  return {
    schema: "cowscope.rescue/1",
    image: { name, bytes: String(facts.bytes) },
    risk: riskWords(invalidated, facts),
    invalidated,
    chunkBytes,
    origin: { bytes: String(given ?? end), from: given === null ? "table" : "given" },
    chunks: {
      known: String(chunks.known),
      doubtful: String(chunks.doubtful),
      lost: String(chunks.lost),
    },
    ranges,
    unlisted: String(unlisted),
  };
}

/** null: it is not known. */
export function originBytes({ facts }: Rescued): number | null {
  const sectors = facts.options.originSectors;
  return sectors === null ? null : Number(sectors) * 512;
}

const rangeOf = ({ offset, length, is, storeOffset }: RescuePiece): RescueRange => ({
  offset: String(offset),
  bytes: String(length),
  is,
  storeOffset: is === "known" ? String(storeOffset) : null,
});
