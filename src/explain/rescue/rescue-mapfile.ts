import { mapfileText } from "../../protocol/mapfile.ts";
import { printable } from "../../protocol/printable.ts";
import type { RescueReport } from "../../protocol/rescue.ts";

/** A mapfile of the rescued image: what is known counts as rescued. The risk stands in it. */
export function rescueMapfile({ image, risk, ranges, origin }: RescueReport): Iterable<string> {
  const known = ranges
    .filter(({ is }) => is === "known")
    .map(({ offset, bytes }) => ({ offset: BigInt(offset), length: BigInt(bytes) }));
  const comments = [`What cowscope knows of the origin of ${printable(image.name)}`, risk];
  return mapfileText(known, BigInt(origin.bytes), comments);
}
