import type { RaceParams, RaceStart } from "./race.ts";

/** Which schedule leaves the very bytes that a store holds? */
export interface RetraceQuestion {
  start: RaceStart;
  /** Chunk 0 as it is on the device, whole. */
  headerChunk: Uint8Array<ArrayBuffer>;
  /** The chunk of area `start.area`, whole; null: it is not on the device. */
  areaChunk: Uint8Array<ArrayBuffer> | null;
  /** Whole chunks of the COW device and of the origin, null if unknown. */
  cowChunks: bigint | null;
  originChunks: bigint | null;
}

/** A schedule that leaves them: one way they can have come about. */
export interface Retraced {
  params: RaceParams;
  /** One letter a step. */
  schedule: string;
  /**
   * What of the store it leaves byte for byte: chunk 0 and the area's chunk whole, or no more than
   * the header's 16 bytes.
   */
  leaves: "chunks" | "header";
}
