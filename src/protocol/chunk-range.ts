/** A range of chunks as typed: "7", "0x10", "10-20"; both ends included. */
export type ChunkRange = { first: bigint; last: bigint };

const NUMBER = "(0x[0-9a-f]+|[0-9]+)";
const RANGE = new RegExp(`^${NUMBER}(?:\\s*[-–]\\s*${NUMBER})?$`, "i");
const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** null for an empty filter; "bad" where it cannot be read. */
export function parseChunkRange(typed: string): ChunkRange | null | "bad" {
  const text = typed.trim();
  if (text === "") return null;
  const match = RANGE.exec(text);
  if (match?.[1] === undefined) return "bad";
  const first = BigInt(match[1]);
  const last = match[2] === undefined ? first : BigInt(match[2]);
  return first <= last && last <= U64_MAX ? { first, last } : "bad";
}
