import { whereabouts } from "../container/whereabouts.ts";
import type { DiskPiece, Whence } from "../explain/repair/commands.ts";
import { fileWord } from "../explain/repair/commands.ts";
import { shellQuote } from "../protocol/shell-quote.ts";
import type { OpenFiles } from "./open-files.ts";
import type { OpenedStore } from "./opened-store.ts";

/** Pieces that are still worth a command each. */
const MOST_PIECES = 64;

/** How a person has the bytes of the store, before anything is changed in a copy of them. */
export async function whenceOf(
  { paths, sources }: OpenFiles,
  { source, found }: OpenedStore,
  copy: string,
): Promise<Whence> {
  if (!found) return { kind: "image", image: paths[0] ?? "" };
  const pieces: DiskPiece[] = [];
  for await (const piece of whereabouts(source, sources)) {
    const image = piece.in === "file" ? paths[piece.image] : undefined;
    if (piece.in !== "file" || image === undefined || pieces.length === MOST_PIECES) {
      const disks = paths.map(fileWord).join(" ");
      const store = shellQuote(found.store.name);
      const command = `cowscope extract ${disks} --store ${store} --out ${fileWord(copy)}`;
      return { kind: "command", command };
    }
    pieces.push({ image, offset: piece.offset, length: piece.length });
  }
  return { kind: "pieces", pieces };
}
