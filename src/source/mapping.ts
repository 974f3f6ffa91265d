import type { BlockSource, Range } from "./block-source.ts";

/** Where a run of a layer's bytes comes from. `length` is in bytes of the layer, and above 0. */
export type Extent =
  /** It lies in a child as it is. */
  | { from: "child"; child: number; offset: number; length: number }
  | { from: "zeros"; length: number }
  /** The layer knows the bytes itself; as many as `length`. */
  | { from: "bytes"; bytes: Uint8Array; length: number }
  /** Nobody holds it; `why` is a short sentence. */
  | { from: "hole"; why: string; length: number }
  /**
   * It lies packed in a child: `packed` bytes there from `offset`. `decode` unpacks them, and the
   * extent begins `within` bytes into the result. The same packed bytes always unpack to the same
   * result, so it is kept for the next extent that lies in it. `decode` may throw whatever it
   * likes: the bytes are then unreadable.
   */
  | {
      from: "decode";
      child: number;
      offset: number;
      packed: number;
      decode: (packed: Uint8Array) => Uint8Array;
      within: number;
      length: number;
    };

/**
 * A layer as a mapping onto what lies below it: a partition, a volume, a disk image, a snapshot, a
 * copy with patches. `MappedSource` makes a source of it.
 */
export interface Mapping {
  /** In bytes. */
  readonly size: number;
  /** What this layer is, for errors: "partition 2", "vg/snap". */
  readonly path: string;
  readonly children: readonly BlockSource[];
  /**
   * Where a range inside `size` comes from: in order, its lengths adding up to `length`. What it
   * cannot tell is a hole.
   */
  extents(offset: number, length: number): Extent[];
  /**
   * Fetches what `extents` must know for these ranges (a table of the layer's own); absent where
   * everything is at hand. What it fetched is needed until `extents` has been asked: of one source,
   * never two loads run at a time. @throws SourceError of a child
   */
  load?(ranges: readonly Range[]): Promise<void>;
  /** The same at once; absent where that cannot be. @throws SourceError of a child */
  loadNow?(ranges: readonly Range[]): void;
}
