import type { HeaderWords, RaceReplay } from "../../protocol/race.ts";

/** 16 bytes typed in hex, with spaces or without; null if they are not 16 bytes. */
export function readHeaderBytes(text: string): HeaderWords | null {
  const digits = text.replace(/\s+/g, "");
  if (!/^[0-9a-fA-F]{32}$/.test(digits)) return null;
  const word = (at: number) => {
    const bytes = [3, 2, 1, 0].map((byte) => digits.slice((at * 4 + byte) * 2).slice(0, 2));
    return Number.parseInt(bytes.join(""), 16);
  };
  return [word(0), word(1), word(2), word(3)];
}

/** "53 6e 41 70 …": as they lie on the disk. */
export function writeHeaderBytes(words: HeaderWords): string {
  const bytes = words.flatMap((word) => [0, 8, 16, 24].map((shift) => (word >>> shift) & 0xff));
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** The header that a whole schedule leaves on the disk. */
export function finalHeader(replay: RaceReplay): HeaderWords {
  const { cells, places, values, steps } = replay;
  const word = (w: number) => {
    const isIt = ({ place, offset }: (typeof cells)[number]) =>
      places[place]?.name === "header" && offset === w * 4;
    return values[steps.length * cells.length + cells.findIndex(isIt)] ?? 0;
  };
  return [word(0), word(1), word(2), word(3)];
}
