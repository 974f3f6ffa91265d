import type { RescueKind, RescueReport } from "../../protocol/rescue.ts";
import { bytesWords, plural } from "../words.ts";
import { wrapped } from "../wrapped.ts";

/** Ranges that people are shown; programs get all of them. */
const MOST_RANGES = 40;

const KINDS: Record<RescueKind, string> = {
  known: "known",
  doubtful: "doubtful: exceptions contradict each other, or are damage",
  lost: "lost: its exception points where no data are",
};

/** A rescue for people: the risk first. */
export function rescueText(report: RescueReport): string {
  const { image, risk, ranges, unlisted } = report;
  const more = BigInt(Math.max(0, ranges.length - MOST_RANGES)) + BigInt(unlisted);
  return [
    ...wrapped("", risk),
    "",
    `${image.name}: ${summaryWords(report)}`,
    ...ranges
      .slice(0, MOST_RANGES)
      .map(
        ({ offset, bytes, is }) =>
          `  ${offset}–${BigInt(offset) + BigInt(bytes) - 1n}  ${KINDS[is]}`,
      ),
    ...(more > 0n ? [`  … and ${plural(more, "range")} more`] : []),
    "",
  ].join("\n");
}

/** How much of the origin is known, in a sentence. */
export function summaryWords({ chunks, chunkBytes, origin }: RescueReport): string {
  const known = BigInt(chunks.known);
  const beside = [
    ...(chunks.doubtful === "0" ? [] : [`${chunks.doubtful} doubtful`]),
    ...(chunks.lost === "0" ? [] : [`${chunks.lost} lost`]),
  ];
  const of =
    origin.from === "given"
      ? ` of an origin of ${bytesWords(BigInt(origin.bytes))}`
      : "; the origin’s size is not known";
  return `${plural(known, "chunk")} of ${bytesWords(chunkBytes)} known${beside.map((one) => `, ${one}`).join("")}: ${bytesWords(known * BigInt(chunkBytes))}${of}.`;
}
