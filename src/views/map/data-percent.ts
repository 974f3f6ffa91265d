import type { StoreFill } from "../../protocol/map.ts";

/**
 * Data% as `lvs` has it (_snap_target_percent() in lib/snapshot/snapshot.c of LVM2,
 * dm_percent_to_round_float()): sectors allocated of all sectors, 0 while only metadata are, two
 * decimals, and neither 0 nor 100 where it is not wholly so.
 * @param told whether the status has the metadata sectors. @returns null: more than there is.
 */
export function dataPercent(
  { allocated, total, metadata }: StoreFill,
  told: boolean,
): string | null {
  if (told && allocated === metadata) return "0.00";
  if (allocated === total) return "100.00";
  if (allocated > total) return null;
  const hundredths = (allocated * 20_000n + total) / (2n * total);
  const kept = hundredths < 1n ? 1n : hundredths > 9_999n ? 9_999n : hundredths;
  return `${kept / 100n}.${String(kept % 100n).padStart(2, "0")}`;
}
