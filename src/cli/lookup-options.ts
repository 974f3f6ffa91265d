import type { LookupDevice, LookupPlace, LookupUnit } from "../protocol/lookup.ts";
import { parsePlace } from "../protocol/lookup-place.ts";
import { parseStoreOptions, type StoreArguments } from "./check-options.ts";
import { UsageError } from "./usage.ts";

export interface LookupArguments extends StoreArguments {
  /** What is looked up; "damage": which bytes of the origin are lost. */
  asked: LookupPlace | "damage";
}

const PLACES: Record<string, { device: LookupDevice; unit: LookupUnit }> = {
  "origin-offset": { device: "origin", unit: "byte" },
  "origin-sector": { device: "origin", unit: "sector" },
  "origin-chunk": { device: "origin", unit: "chunk" },
  "cow-offset": { device: "cow", unit: "byte" },
  "cow-sector": { device: "cow", unit: "sector" },
  "cow-chunk": { device: "cow", unit: "chunk" },
};
const NAMES = Object.keys(PLACES);

/** @throws UsageError */
export function parseLookupArguments(args: string[]): LookupArguments {
  const parsed = parseStoreOptions(args, NAMES, ["damage"]);
  const { operands, values, flags, store } = parsed;
  if (operands.length === 0) throw new UsageError("name an image");
  if (operands.length > 1 && store === null) {
    throw new UsageError("name one image, or with --store NAME all disks of one machine");
  }
  const given = NAMES.filter((name) => values.has(name));
  const [name, ...more] = [...given, ...(flags.has("damage") ? ["damage"] : [])];
  if (name === undefined || more.length > 0) {
    throw new UsageError(
      `name one place: ${NAMES.map((one) => `--${one} N`).join(", ")}; or --damage`,
    );
  }
  const place = PLACES[name];
  if (!place) return { ...parsed, asked: "damage" };
  const typed = values.get(name) ?? "";
  const asked = parsePlace(place.device, place.unit, typed);
  if (!asked) throw new UsageError(`--${name} takes a number such as 7 or 0x7000, not “${typed}”`);
  return { ...parsed, asked };
}
