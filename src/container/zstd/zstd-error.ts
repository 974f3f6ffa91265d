/** Packed bytes that are not what RFC 8878 allows: the message says what. */
export class ZstdError extends Error {}

/** @throws ZstdError */
export function expectZstd(holds: boolean, what: string): asserts holds {
  if (!holds) throw new ZstdError(what);
}
