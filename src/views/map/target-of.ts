import type { MapChunk } from "../../protocol/map.ts";
import type { InspectTarget } from "../inspect/inspect-target.ts";

/** What Inspect shows of a chunk: its own bytes, or the exception that names it; null: neither. */
export function targetOf(chunk: number, { kind, area, names }: MapChunk): InspectTarget | null {
  if (chunk === 0) return { to: "header" };
  const [first] = names;
  // Behind the device's end there are no bytes.
  if (area !== null && first === undefined && kind !== "beyond") return { to: "area", area };
  return first === undefined ? null : { to: "exception", row: first.row };
}
