/** A run of bytes. Half open: [offset, offset + length). */
export interface Range {
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
  /** What was read of the image itself: a layer over it gives what lies below, never its own. */
  readonly counters: ReadCounters;
  /** Which layer of the image this is ("qcow2 → partition 2"); absent for the image itself. */
  readonly path?: string;
  /** What a layer reads from; absent for the image itself. */
  readonly children?: readonly BlockSource[];
  /** Whether it can only be unpacked forward: a read far off costs all that lies before it. */
  readonly isForward?: boolean;
  /**
   * The ranges' bytes, one after the other, in one go.
   * @throws SourceError where bytes inside `size` cannot be had.
   */
  read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The same at once, into `target`, where a source can: straight into the core's memory it costs
   * half of what a copy through a buffer of its own does. @throws SourceError
   */
  readNow?(ranges: readonly Range[], target: Uint8Array): void;
  /** @throws SourceError if the image is not what it was when it was opened, as far as one can tell. */
  assertUnchanged?(): void;
}

/**
 * Why bytes could not be had. `hole`: the layer does not hold them (a device of the volume is
 * missing, a chunk the kernel answers with EIO), whoever asks and however often. `unavailable`: a
 * server did not give them, though it may at another time.
 */
export type SourceErrorKind = "unreadable" | "changed" | "hole" | "unavailable";

/** The bytes could not be had: expected trouble, turned into a problem by the engine. */
export class SourceError extends Error {
  override readonly name = "SourceError";

  /**
   * @param offset in bytes, of the layer `path`.
   * @param path the layer in which `offset` counts, "" for the image itself.
   * @param through the layers above it that were being read, the nearest first.
   * @param host the server that the bytes were asked of, "" where they are on this machine.
   */
  constructor(
    readonly kind: SourceErrorKind,
    readonly offset: number,
    message: string,
    readonly path = "",
    readonly through: readonly string[] = [],
    readonly host = "",
  ) {
    super(message);
  }

  /** The same error, as it is met when `layer` is read. */
  metThrough(layer: string): SourceError {
    const { kind, offset, message, path, through, host } = this;
    return new SourceError(kind, offset, message, path, [...through, layer], host);
  }

  /** The same error, of bytes that were asked of a server. */
  sentBy(host: string): SourceError {
    const { kind, offset, message, path, through } = this;
    return new SourceError(kind, offset, message, path, through, host);
  }
}

/** Whether a source is forward, or lies over one that is. */
export function liesInStream({ isForward, children }: BlockSource): boolean {
  return isForward === true || (children ?? []).some(liesInStream);
}

export function totalLength(ranges: readonly Range[]): number {
  let total = 0;
  for (const range of ranges) total += range.length;
  return total;
}

/** Whether [offset, offset + length) is a run of whole bytes inside `size`; false for NaN. */
export function isRun(offset: number, length: number, size: number): boolean {
  return (
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(length) &&
    offset >= 0 &&
    length >= 0 &&
    length <= size - offset
  );
}
