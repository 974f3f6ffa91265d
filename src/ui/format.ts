/** Words for numbers, the same everywhere on the page. */

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/** "28 KiB", "1.5 MiB": whole below ten thousand of a unit, one decimal where it is not exact. */
export function byteSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** 1234567 → "1,234,567"; takes decimal strings too, whatever their length. */
export function grouped(value: number | bigint | string): string {
  return BigInt(value).toLocaleString("en-US");
}

export function counted(value: number | bigint | string, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${BigInt(value) === 1n ? one : many}`;
}

/** Hex digits without a prefix, at least `width` of them. */
export const hexDigits = (value: number, width: number): string =>
  value.toString(16).padStart(width, "0");

/** Digits that hold every offset of a device, never fewer than eight. */
export const offsetWidth = (deviceBytes: number): number =>
  Math.max(8, Math.max(0, deviceBytes - 1).toString(16).length);

/** A byte as an ASCII letter, or a middle dot. */
export const printable = (byte: number): string =>
  byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
