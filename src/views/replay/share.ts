/** How much of all: 0 … 1, from counts far beyond what a number holds. */
export const share = (count: bigint, all: bigint): number =>
  all === 0n ? 0 : Number((count * 1_000_000n) / all) / 1_000_000;

/** "2.9 %"; never "0 %" for some, nor "100 %" for not all. */
export function percent(count: bigint, all: bigint): string {
  if (count === 0n) return "none";
  if (count === all) return "all";
  const exact = share(count, all) * 100;
  if (exact < 0.1) return "< 0.1 %";
  if (exact > 99.9) return "> 99.9 %";
  return `${exact.toFixed(1)} %`;
}
