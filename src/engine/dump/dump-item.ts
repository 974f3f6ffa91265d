/**
 * A store's metadata as a sequence, in the order in which it lies on the device: one `store`, the
 * slack of chunk 0, then of each area its exceptions and its slack. What is not told is zero.
 */
export type DumpItem =
  | {
      kind: "store";
      /** Of the whole COW device, in bytes. */
      bytes: number;
      /** By which the areas were read, in sectors; not always what the header says. */
      chunkSize: number;
      header: { magic: number; valid: number; version: number; chunkSize: number };
    }
  /** An area begins. `chunk` is where, in chunks. */
  | { kind: "area"; index: number; chunk: bigint }
  /** `length` exceptions, each one chunk after the one before it, in both chunks. */
  | { kind: "run"; old: bigint; new: bigint; length: number }
  /** Bytes that the kernel passes over: behind the header, and behind an area's last exception. */
  | { kind: "slack"; offset: number; bytes: Uint8Array };

/** A dump that is none, or none that a store can be made of: what is wrong, and where. */
export class BadDump extends Error {
  override readonly name = "BadDump";
}
