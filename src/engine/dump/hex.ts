import { BadDump } from "./dump-item.ts";

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @throws BadDump where it is no whole number of bytes. */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) throw new BadDump(`“${text.slice(0, 40)}” is not in hex`);
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(at * 2, at * 2 + 2), 16),
  );
}

const MOST_U64 = 2n ** 64n - 1n;

/** A decimal u64. @throws BadDump */
export function u64(text: unknown, name: string): bigint {
  if (typeof text === "string" && /^\d{1,20}$/.test(text) && BigInt(text) <= MOST_U64) {
    return BigInt(text);
  }
  throw new BadDump(`${name} should be a number below 2^64, not ${shown(text)}`);
}

/** A decimal below 2^53, as text or as a number. @throws BadDump */
export function whole(value: unknown, name: string, most = Number.MAX_SAFE_INTEGER): number {
  const number = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0 && number <= most) {
    return number;
  }
  throw new BadDump(`${name} should be a whole number up to ${most}, not ${shown(value)}`);
}

export const u32 = (value: unknown, name: string): number => whole(value, name, 2 ** 32 - 1);

const shown = (value: unknown): string =>
  value === undefined ? "missing" : JSON.stringify(value).slice(0, 40);
