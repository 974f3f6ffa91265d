import { shellQuote } from "../../protocol/shell-quote.ts";
import { fileWord, type Whence } from "./commands.ts";

/** Pieces of disks that are still worth a command each. */
export const MOST_PIECES = 64;

/** The name of the copy: a volume's holds the group's, and a slash. */
export const copyOf = (name: string): string => `${name.replaceAll("/", "-")}.repaired`;

/**
 * How a person has the bytes of a store inside of disks.
 * @param pieces the runs of the disks that it is made of; null: it has to be extracted.
 */
export function whenceInside(
  disks: readonly string[],
  pieces: readonly { image: number; offset: number; length: number }[] | null,
  store: string,
): Whence {
  if (pieces !== null) {
    return {
      kind: "pieces",
      pieces: pieces.map(({ image, ...run }) => ({ image: disks[image] ?? "", ...run })),
    };
  }
  return { kind: "command", command: extractCommand(disks, store, copyOf(store)) };
}

/** Writes the bytes of a store to `copy`. @param store null: it is all there is. */
export function extractCommand(
  disks: readonly string[],
  store: string | null,
  copy: string,
): string {
  const which = store === null ? "" : ` --store ${shellQuote(store)}`;
  return `cowscope extract ${disks.map(fileWord).join(" ")}${which} --out ${fileWord(copy)}`;
}
