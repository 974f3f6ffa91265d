/**
 * Where bytes are written, in order: the mirror of a `BlockSource`. Whoever opens one ends it with
 * `finish`, or with `abandon`, after which nothing of it is left behind.
 */
export interface Sink {
  /** @throws SinkError */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void> | void;
  /** Writes `length` zeros; there where they need not be gone through one by one. @throws SinkError */
  skip?(length: number): Promise<void> | void;
  /** @throws SinkError */
  finish(): Promise<void> | void;
  /** Never throws: what was wrong before is what there is to say. */
  abandon(): Promise<void> | void;
}

/** The bytes could not be written: expected trouble, turned into a problem by the engine. */
export class SinkError extends Error {
  override readonly name = "SinkError";

  /** @param kind "input": it is one of the images that are read. */
  constructor(
    readonly kind: "unwritable" | "input",
    message: string,
  ) {
    super(message);
  }
}

/** Whatever a step that writes throws, as a SinkError. */
export function sinkError(error: unknown): SinkError {
  if (error instanceof SinkError) return error;
  return new SinkError("unwritable", error instanceof Error ? error.message : String(error));
}
