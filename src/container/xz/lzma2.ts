import type { History } from "../stream/history.ts";
import { LONGEST_LZMA_MATCH, Lzma, lzmaProperties } from "./lzma.ts";
import { LzmaError } from "./range-decoder.ts";

/** Of a chunk's header, at most, in bytes. */
export const LONGEST_CHUNK_HEADER = 6;

/** A chunk of LZMA2. */
export interface Chunk {
  /** Of the header, in bytes. */
  header: number;
  /** Behind the header in the file, in bytes. */
  packed: number;
  /** What it unpacks to, in bytes; 0: it is the end. */
  size: number;
  isPlain: boolean;
  /** What is forgotten before it: nothing, the models, those with new properties, all. */
  reset: "nothing" | "state" | "properties" | "all";
  properties: number;
}

/** @throws LzmaError */
export function chunkHeader(bytes: Uint8Array, at: number): Chunk {
  const control = bytes[at] ?? 0;
  const u16 = (offset: number) => ((bytes[at + offset] ?? 0) << 8) | (bytes[at + offset + 1] ?? 0);
  if (control === 0) {
    return { header: 1, packed: 0, size: 0, isPlain: true, reset: "nothing", properties: 0 };
  }
  if (control < 0x80) {
    if (control > 2) throw new LzmaError("a chunk of no kind");
    const size = u16(1) + 1;
    const reset = control === 1 ? "all" : "nothing";
    return { header: 3, packed: size, size, isPlain: true, reset, properties: 0 };
  }
  const reset = (["nothing", "state", "properties", "all"] as const)[(control >> 5) & 3] ?? "all";
  const hasProperties = control >= 0xc0;
  return {
    header: hasProperties ? 6 : 5,
    packed: u16(3) + 1,
    size: ((control & 0x1f) << 16) + u16(1) + 1,
    isPlain: false,
    reset,
    properties: hasProperties ? (bytes[at + 5] ?? 0) : 0,
  };
}

/** The chunks of LZMA2, unpacked in order into `history`. */
export class Lzma2 {
  private readonly lzma: Lzma;
  private needs: "all" | "properties" | "nothing" = "all";

  /** @param dictionary how far back matches may reach, in bytes. @param reach how far is kept. */
  constructor(
    private readonly history: History,
    dictionary: number,
    private readonly reach: number,
  ) {
    this.lzma = new Lzma(history, dictionary);
  }

  /**
   * @param bytes the chunk's, without its header: fewer than `packed` where the file ends, and what
   *   can be unpacked of them is. @throws LzmaError, LzmaTooFarBack
   */
  unpack(chunk: Chunk, bytes: Uint8Array): void {
    const { history, lzma } = this;
    this.prepare(chunk);
    // The last match may go beyond: then the chunk is refused.
    history.makeRoom(chunk.size + LONGEST_LZMA_MATCH);
    if (chunk.isPlain) {
      history.bytes.set(bytes, history.put);
      history.advance(bytes.length);
      return;
    }
    if (bytes.length < 5) return;
    const end = history.total + chunk.size;
    lzma.range.begin(bytes, 0);
    lzma.run(chunk.size, false);
    if (bytes.length < chunk.packed) return;
    lzma.range.normalize();
    const { at, isFinished } = lzma.range;
    if (history.total !== end || at !== bytes.length || !isFinished || lzma.isOver) {
      throw new LzmaError("a chunk that does not end where it should");
    }
  }

  /** Nothing may be used that was not set before. */
  private prepare({ reset, isPlain, properties }: Chunk): void {
    if (reset === "all") this.history.begin(this.reach);
    else if (this.needs === "all") throw new LzmaError("a first chunk that goes on from none");
    if (isPlain) {
      if (reset === "all") this.needs = "properties";
      return;
    }
    if (reset === "nothing") {
      if (this.needs !== "nothing") throw new LzmaError("a chunk that goes on from none");
      return;
    }
    if (reset === "state") {
      if (this.needs === "properties") throw new LzmaError("a chunk without properties");
      this.lzma.reset();
    } else {
      const found = lzmaProperties(properties);
      if (!found || found.literalContext + found.literalPosition > 4) {
        throw new LzmaError("properties that there are not");
      }
      this.lzma.reset(found);
    }
    this.needs = "nothing";
  }
}
