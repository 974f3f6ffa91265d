import { filePieces } from "../container/file-pieces.ts";
import type { Whence } from "../explain/repair/commands.ts";
import { MOST_PIECES, whenceInside } from "../explain/repair/whence.ts";
import type { OpenFiles } from "./open-files.ts";
import type { OpenedStore } from "./opened-store.ts";

/** How a person has the bytes of the store, before anything is changed in a copy of them. */
export async function whenceOf(
  { paths, sources }: OpenFiles,
  { source, found }: OpenedStore,
): Promise<Whence> {
  if (!found) return { kind: "image", image: paths[0] ?? "" };
  return whenceInside(paths, await filePieces(source, sources, MOST_PIECES), found.store.name);
}
