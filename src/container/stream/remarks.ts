import type { Remark } from "./stream-format.ts";

/** @param from up to `to`: the unpacked bytes that it is about. */
export function wrongChecksum(from: number, to: number, expected: string, found: string): Remark {
  return {
    code: "checksum",
    message: `bytes ${from} to ${to} do not match the checksum behind them: some of them are wrong`,
    expected,
    found,
  };
}

/** @param from up to `to`: the unpacked bytes that it is about. */
export function wrongLength(from: number, to: number, expected: string, found: string): Remark {
  return {
    code: "length",
    message: `bytes ${from} to ${to} are not as many as the file says`,
    expected,
    found,
  };
}

/** @param length of what lies there, in bytes of the file. @param part "frame": what may follow. */
export function junkBehind(length: number, part: string, found: string): Remark {
  return {
    code: "junk",
    message: `behind the compressed data lie ${length} bytes that are no part of it`,
    expected: `the end of the file, or another ${part}`,
    found,
  };
}
