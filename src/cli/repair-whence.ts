import { filePieces } from "../container/file-pieces.ts";
import type { Whence } from "../explain/repair/commands.ts";
import { copyOf, extractCommand, MOST_PIECES, whenceInside } from "../explain/repair/whence.ts";
import { httpAddress } from "../source/http/address.ts";
import { nameOf, shown } from "./image-names.ts";
import type { OpenFiles } from "./open-files.ts";
import type { OpenedStore } from "./opened-store.ts";

/** How a person has the bytes of the store, before anything is changed in a copy of them. */
export async function whenceOf(
  { paths, sources }: OpenFiles,
  { source, found }: OpenedStore,
): Promise<Whence> {
  if (found?.store.packed) return { kind: "bundle" };
  const disks = paths.map(shown);
  const [image = ""] = disks;
  const fetched = paths.some((path) => httpAddress(path));
  if (found) {
    // dd reads no address.
    const pieces = fetched ? null : await filePieces(source, sources, MOST_PIECES);
    return whenceInside(disks, pieces, found.store.name);
  }
  return fetched
    ? { kind: "command", command: extractCommand(disks, null, copyOf(nameOf(paths[0] ?? ""))) }
    : { kind: "image", image };
}
