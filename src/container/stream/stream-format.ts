import type { BlockSource } from "../../source/block-source.ts";
import type { Checkpoint, Checkpoints } from "./checkpoints.ts";

/**
 * Why no more can be unpacked. `cut`: the packed bytes end too early; `damaged`: they are not what
 * the format allows; `refused`: they are, but it is not read here.
 */
export type DamageKind = "cut" | "damaged" | "refused";

/** What stands in the way of unpacking. It says nothing about what was unpacked before. */
export class StreamDamage extends Error {
  override readonly name = "StreamDamage";

  /** @param offset in the packed bytes. */
  constructor(
    readonly kind: DamageKind,
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** @param what cannot be. @param offset in the packed bytes. */
export function damaged(offset: number, what: string): StreamDamage {
  return new StreamDamage("damaged", offset, `the compressed stream is damaged: ${what}`);
}

/** Something amiss that keeps no byte from being unpacked: a checksum, junk at the end. */
export interface Remark {
  /** The second half of a problem's code: "checksum", "junk". */
  code: string;
  message: string;
  expected: string;
  found: string;
}

/** What a sweep hears of besides the bytes. */
export interface SweepListener<Place> {
  /** Unpacking could begin here: `place` is asked for if the place is wanted. */
  checkpoint(at: number, place: () => Place): void;
  remark(remark: Remark): void;
}

/** Unpacks forward. */
export interface Unpacker {
  /**
   * The next unpacked bytes, in runs of some 100 KiB; they are good until the next call. null at the
   * end. @throws StreamDamage once all before it were given; SourceError
   */
  next(): Promise<Uint8Array | null>;
}

/** What a format's own table says of a stream, without unpacking it. */
export interface StreamTable<Place> {
  /** Of what is unpacked, in bytes. */
  size: number;
  checkpoints: Checkpoints<Place>;
}

/** A format that can only be unpacked forward. */
export interface StreamFormat<Place> {
  /** "gzip": a step of a store's path. */
  readonly kind: string;
  /** @param listener null: nobody listens, and checks over all bytes are left out. */
  unpack(
    source: BlockSource,
    from: Checkpoint<Place>,
    listener: SweepListener<Place> | null,
  ): Unpacker;
  /**
   * Its table; null where there is none, or none to rely on: the sweep then says what is wrong.
   * @param most checkpoints. @throws SourceError
   */
  table?(source: BlockSource, most: number): Promise<StreamTable<Place> | null>;
}
