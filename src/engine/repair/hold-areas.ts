import type { BlockSource } from "../../source/block-source.ts";
import { continuationIn } from "../check/table-history.ts";
import type { Core } from "../core.ts";
import { HeldTable } from "./held-table.ts";

/**
 * Takes in the areas that the reader reads, and those behind them that the table can only have gone
 * on in: behind an area whose last entry stands in its place, or behind one without any
 * exception where some follow in their place.
 * @param end how many exceptions the reader reads.
 * @returns null where the table is too large. @throws SourceError
 */
export async function holdAreas(
  core: Core,
  source: BlockSource,
  end: number,
): Promise<HeldTable | null> {
  const table = new HeldTable(core, source);
  const current = Math.floor(end / core.get_per_area());
  for (let area = 0; table.isThere(area); area++) {
    const last = await table.holdNext();
    if (!last) return null;
    if (area < current || endsInPlace(core, last, area)) continue;
    const wiped = area === current && core.is_wiped(area);
    if (!(wiped && (await continuationIn(core, source, area + 1)))) break;
  }
  return table;
}

/** @param piece the area's last one. */
function endsInPlace(core: Core, piece: Uint8Array, area: number): boolean {
  const entry = piece.length - core.EXCEPTION_BYTES.value;
  const view = new DataView(piece.buffer, piece.byteOffset + entry);
  const place = core.area_location(BigInt(area), core.get_per_area()) + BigInt(core.get_per_area());
  return view.getBigUint64(core.EXCEPTION_NEW.value, true) === place;
}
