import type { Unpacker } from "./stream-format.ts";

/** An unpacker that may meet damage while bytes before it are still to be given out. */
export abstract class BufferedUnpacker implements Unpacker {
  /** Thrown once those bytes are given out. */
  private failure: unknown = null;

  async next(): Promise<Uint8Array | null> {
    if (this.failure) throw this.failure;
    try {
      return await this.unpack();
    } catch (error) {
      this.failure = this.damageOf(error);
      const rest = this.rest();
      if (rest.length === 0) throw this.failure;
      return rest;
    }
  }

  /** The next run; null at the end. What it throws says nothing of what was unpacked before. */
  protected abstract unpack(): Promise<Uint8Array | null>;

  /** What is unpacked and not given out; may be empty. */
  protected abstract rest(): Uint8Array;

  /** What is thrown for an error of `unpack`. */
  protected damageOf(error: unknown): unknown {
    return error;
  }
}
