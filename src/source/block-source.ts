/** A run of bytes of an image. */
export interface Slice {
  offset: number;
  length: number;
}

/** How much was asked of a source. */
export interface ReadCounters {
  bytes: number;
  calls: number;
}

/**
 * Where an image's bytes come from. Read only; nothing outside src/source knows what is behind it.
 */
export interface BlockSource {
  /** In bytes. */
  readonly size: number;
  readonly counters: ReadCounters;
  /**
   * The slices' bytes, one after the other, in one go.
   * @throws SourceError where bytes inside `size` cannot be had.
   */
  read(slices: readonly Slice[]): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The same at once, into `target`, where a source can: straight into the core's memory it costs
   * half of what a copy through a buffer of its own does. @throws SourceError
   */
  readNow?(slices: readonly Slice[], target: Uint8Array): void;
}

/** The bytes could not be had: expected trouble, turned into a problem by the engine. */
export class SourceError extends Error {
  constructor(
    readonly kind: "unreadable" | "changed",
    readonly offset: number,
    message: string,
  ) {
    super(message);
    this.name = "SourceError";
  }
}

export function totalLength(slices: readonly Slice[]): number {
  let total = 0;
  for (const slice of slices) total += slice.length;
  return total;
}
