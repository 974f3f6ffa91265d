import type { LookupDevice, LookupPlace, LookupUnit } from "./lookup.ts";

/** Places lie within 64 bits of sectors; more is nothing that a device could have. */
const MOST = 2n ** 73n;

/** A number as it is typed: decimal, or hexadecimal behind 0x. @returns null where it is none. */
export function parsePlace(
  device: LookupDevice,
  unit: LookupUnit,
  typed: string,
): LookupPlace | null {
  const text = typed.trim().toLowerCase();
  if (!/^(0x[0-9a-f]{1,20}|[0-9]{1,24})$/.test(text)) return null;
  const number = BigInt(text);
  return number < MOST ? { device, unit, number } : null;
}
