/** What `cowscope pack` says of a bundle, schema cowscope.pack/1. Places are bytes of the store. */
export interface PackReport {
  schema: "cowscope.pack/1";
  /** Of the bundle's file. */
  bytes: string;
  /** Of the store that was packed. */
  store: { name: string; bytes: string; chunkSize: number; verdict: string };
  /**
   * What is in it byte for byte; what is in no range and no fact is zero. `area` is its number where
   * it lies in one.
   */
  ranges: {
    offset: string;
    length: number;
    /** beyond: exceptions in an area behind the end of the table. */
    what: "header" | "area" | "beyond" | "slack";
    area: number | null;
  }[];
  /** What is in it as a fact instead: where a byte was not zero, another stands. */
  facts: { offset: string; length: number; what: "slack" | "data" }[];
  /**
   * What else is left in the facts, because the report is made of it: nothing; chunk numbers; also what
   * reads as exceptions by another chunk size than the one that the store is judged by.
   */
  factsKeep: PackKeeps;
}

export type PackKeeps = "zeros" | "numbers" | "exceptions";
