/** Small turns of phrase that several sentences share. */

export function plural(count: bigint | number, noun: string): string {
  return `${count} ${noun}${BigInt(count) === 1n ? "" : "s"}`;
}

export function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/** A size in bytes as people say it: 4 KiB, 1.5 GiB. */
export function bytesWords(bytes: bigint | number): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = Number.isInteger(value) || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** @param sectors of 512 bytes. */
export function chunkSizeWords(sectors: number): string {
  return bytesWords(sectors * 512);
}

/** A share as `lvs` prints Data%, without decimals: 50 %. @returns "0 %" of nothing. */
export function percent(part: bigint, whole: bigint): string {
  return `${whole === 0n ? 0n : (part * 100n) / whole} %`;
}

/** One paragraph of those that are not empty. */
export const sentences = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join(" ");
