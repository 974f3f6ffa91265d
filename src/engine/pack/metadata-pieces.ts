import type { StoreFacts } from "../../protocol/facts.ts";
import type { FindingCode } from "../../protocol/finding.ts";
import type { Core } from "../core.ts";
import { HEADER_CHUNK_BYTES } from "../read/read-start.ts";
import type { Piece } from "./piece.ts";

/** Findings about an area behind the end of the table: their place is its exceptions. */
const BEYOND: readonly FindingCode[] = [
  "race.area.wiped",
  "store.orphan-area",
  "history.reformatted",
];

/**
 * Header, areas and their slack, in the order of the device; by the chunk size that the store is
 * judged by. @param keepSlack whether slack is kept as it is.
 */
export function metadataPieces(core: Core, facts: StoreFacts, keepSlack: boolean): Piece[] {
  const { chunkSize, exceptionsPerArea: perArea, areasRead } = facts;
  const size = Number(facts.bytes);
  const chunkBytes = chunkSize * 512;
  const entry = core.EXCEPTION_BYTES.value;
  const pieces: Piece[] = [];
  const add = (what: Piece["what"], offset: number, end: number, area: number | null = null) => {
    const masked = what === "slack" && !keepSlack;
    if (end > offset) pieces.push({ what, offset, length: end - offset, masked, area });
  };
  const header = Math.min(core.HEADER_BYTES.value, size);
  // Behind the first MiB of a long chunk 0 nobody looks.
  const slackEnd = keepSlack ? chunkBytes : Math.min(chunkBytes, HEADER_CHUNK_BYTES);
  add("header", 0, header);
  add("slack", header, Math.min(slackEnd, size));
  for (let area = 0; area < areasRead; area++) {
    const start = Number(core.area_location(BigInt(area), perArea)) * chunkBytes;
    const left = Number(facts.exceptions) - area * perArea;
    const end = start + Math.min(left, perArea) * entry;
    add("area", start, end, area);
    add("slack", end, start + chunkBytes);
  }
  const behind = facts.findings.find(
    ({ code, area }) => BEYOND.includes(code) && area === BigInt(areasRead),
  );
  if (behind?.offset != null && behind.length !== null) {
    add("beyond", Number(behind.offset), Number(behind.offset) + behind.length, areasRead);
  }
  return pieces;
}
