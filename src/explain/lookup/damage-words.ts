import type { DamagedBytes, DamageKind, DamageReport } from "../../protocol/lookup.ts";
import { bytesWords, hex, plural } from "../words.ts";

/** What each kind of damage does to a chunk of the origin. */
export const DAMAGE_WORDS: Record<DamageKind, string> = {
  unreadable: "cannot be read from the snapshot, the kernel answers EIO",
  bookkeeping: "the snapshot reads the store's own header or metadata there",
  doubtful:
    "may read wrong, since the exception is one of several, shares its data chunk, or acts for more chunks than one",
  lost: "the snapshot reads the origin as it is now, since the exception stands behind the end of the table",
};

/** Ranges that people are shown; programs get all of them. */
const MOST_RANGES = 40;

/** Bytes of the origin that damage costs, for people. */
export function damageText(report: DamageReport): string {
  const { image, damage, activates, more } = report;
  const lines = damage.flatMap((one) => [damageHead(one), ...rangeLines(one)]);
  return [
    `${image}: ${damage.length === 0 ? "no exception costs a byte of the origin" : "bytes of the origin that damage costs"}`,
    ...(activates || damage.length === 0
      ? []
      : ["This kernel does not activate the store; so it would be if the header were right."]),
    ...lines,
    ...(more ? ["There may be more: not every exception could be looked at."] : []),
    "",
  ].join("\n");
}

export function damageHead({ kind, chunks, bytes }: DamagedBytes): string {
  return `${plural(BigInt(chunks), "chunk")} (${bytesWords(BigInt(bytes))}): ${DAMAGE_WORDS[kind]}`;
}

/** “from byte 0x7000, 8 KiB”. */
export function rangeWords({ offset, length }: DamagedBytes["ranges"][number]): string {
  return `from byte ${hex(BigInt(offset))}, ${bytesWords(BigInt(length))}`;
}

function rangeLines({ ranges }: DamagedBytes): string[] {
  const left = ranges.length - MOST_RANGES;
  return [
    ...ranges.slice(0, MOST_RANGES).map((range) => `  ${rangeWords(range)}`),
    ...(left > 0 ? [`  … and ${plural(left, "range")} more`] : []),
  ];
}
