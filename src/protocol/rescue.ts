/** What `cowscope rescue` prints, schema cowscope.rescue/1 (docs/rescue.md). */
export interface RescueReport {
  schema: "cowscope.rescue/1";
  image: { name: string; bytes: string };
  /** What the reader takes upon himself, in words: to be said before anything else. */
  risk: string;
  /** Whether the store says that it was invalidated; with "no" the snapshot can be read whole. */
  invalidated: "no" | "flag" | "race" | "unknown";
  chunkBytes: number;
  /** Of the origin; from the table: up to the end of the last chunk that is known. */
  origin: { bytes: string; from: "given" | "table" };
  /** Origin chunks that the table has an exception for. */
  chunks: { known: string; doubtful: string; lost: string };
  /** In the order of the origin; what lies between them is unknown. */
  ranges: RescueRange[];
  /** Ranges that are not listed. */
  unlisted: string;
}

/** A run of the origin's bytes. */
export interface RescueRange {
  offset: string;
  bytes: string;
  /**
   * known: the store holds it. doubtful: exceptions contradict each other
   * about it, or a finding says that its exception is damage. lost: its
   * exception points where no data are.
   */
  is: RescueKind;
  /** Where the store holds it, in bytes; null unless it is known. */
  storeOffset: string | null;
}

export type RescueKind = "known" | "doubtful" | "lost";
