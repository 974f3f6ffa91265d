import type { Machine } from "../container/find.ts";
import { whereabouts } from "../container/whereabouts.ts";
import type { FoundStore } from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";

/** A run of a store; `image` null: zeros that lie in no file, or bytes that nobody has. */
interface FoundExtent {
  image: number | null;
  offset: string | null;
  bytes: string;
}

/** What `cowscope find --json` prints, schema cowscope.find/1: a contract with scripts. */
export interface FindReport {
  schema: "cowscope.find/1";
  images: { name: string; bytes: string }[];
  stores: {
    name: string;
    kind: "lvm" | "bare";
    path: string[];
    bytes: string;
    lvmChunkSectors: number | null;
    /** Of the snapshot device, which its origin may have outgrown. */
    snapshotBytes: string | null;
    origin: string | null;
    originBytes: string | null;
    originComplete: boolean;
    merging: boolean;
    complete: boolean;
    missing: string[];
    extents: FoundExtent[] | null;
  }[];
  others: { name: string; kind: string; bytes: string | null; holds: string | null }[];
  problems: {
    code: string;
    message: string;
    where: string;
    expected: string;
    found: string;
    todo: string;
  }[];
}

/** So many runs are worth listing. */
const MOST_EXTENTS = 1 << 16;

/** @param images the files' sources, in order. */
export async function findReport(
  { tree, sources }: Machine,
  images: readonly BlockSource[],
): Promise<FindReport> {
  const stores: FindReport["stores"] = [];
  for (const store of tree.stores) {
    const source = sources.get(store.node);
    stores.push(storeOf(store, source ? await extentsOf(source, images) : null));
  }
  return {
    schema: "cowscope.find/1",
    images: tree.images.map(({ name, bytes }) => ({ name, bytes: String(bytes) })),
    stores,
    others: tree.others.map(({ name, kind, bytes, holds }) => ({
      name,
      kind,
      bytes: bytes === null ? null : String(bytes),
      holds,
    })),
    problems: tree.problems.map(({ refused: _, ...problem }) => problem),
  };
}

function storeOf(store: FoundStore, extents: FoundExtent[] | null): FindReport["stores"][number] {
  const { name, kind, path, bytes, lvmChunkSectors, snapshotBytes, origin } = store;
  const { merging, complete, missing } = store;
  return {
    name,
    kind,
    path,
    bytes: String(bytes),
    lvmChunkSectors,
    snapshotBytes: snapshotBytes === null ? null : String(snapshotBytes),
    origin: origin?.name ?? null,
    originBytes: origin === null ? null : String(origin.bytes),
    originComplete: origin?.complete ?? false,
    merging,
    complete,
    missing,
    extents,
  };
}

/** null behind compression, and where there are too many to list. */
async function extentsOf(
  source: BlockSource,
  images: readonly BlockSource[],
): Promise<FoundExtent[] | null> {
  const extents: FoundExtent[] = [];
  for await (const piece of whereabouts(source, images)) {
    if (piece.in === "other" || extents.length === MOST_EXTENTS) return null;
    const there = piece.in === "file";
    extents.push({
      image: there ? piece.image : null,
      offset: there ? String(piece.offset) : null,
      bytes: String(piece.length),
    });
  }
  return extents;
}
