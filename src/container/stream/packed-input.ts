import type { BlockSource } from "../../source/block-source.ts";
import { BytesSource } from "../../source/bytes-source.ts";
import { areZeros } from "../../source/zeros.ts";
import { StreamDamage } from "./stream-format.ts";

/** Read of the file at once, in bytes. */
const PIECE = 256 << 10;

/** The packed bytes in order, from one offset on. */
export class PackedInput {
  /** What has been read and may still be wanted; a decoder takes it from `at` on, and moves `at`. */
  bytes: Uint8Array = new Uint8Array();
  at = 0;
  /** Where in the file `bytes` ends. */
  private end: number;

  /** @param until where the packed bytes end in the file. */
  constructor(
    private readonly source: BlockSource,
    from: number,
    private readonly until = source.size,
  ) {
    this.end = from;
  }

  /** Bytes that are all at hand. */
  static of(packed: Uint8Array): PackedInput {
    const input = new PackedInput(new BytesSource(packed), 0);
    input.bytes = packed;
    input.end = packed.length;
    return input;
  }

  /** Where `at` lies in the file. */
  get offset(): number {
    return this.end - this.bytes.length + this.at;
  }

  /** How many bytes are at hand. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Whether there is nothing behind what is at hand. */
  get isLast(): boolean {
    return this.end >= this.until;
  }

  /**
   * Sees to it that `count` bytes are at hand. @returns false if there are not that many: all there
   * are are then at hand. @throws SourceError
   */
  async want(count: number): Promise<boolean> {
    while (this.left < count && !this.isLast) {
      const length = Math.min(Math.max(PIECE, count - this.left), this.until - this.end);
      const piece = await this.source.read([{ offset: this.end, length }]);
      if (this.left === 0) this.bytes = piece;
      else {
        const joined = new Uint8Array(this.left + length);
        joined.set(this.bytes.subarray(this.at));
        joined.set(piece, this.left);
        this.bytes = joined;
      }
      this.at = 0;
      this.end += length;
    }
    return this.left >= count;
  }

  /** The next `count` bytes, which must be at hand. */
  take(count: number): Uint8Array {
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** The number of 32 bits `ahead` bytes on, lowest byte first; it must be at hand. */
  word(ahead = 0): number {
    const { buffer, byteOffset } = this.bytes;
    return new DataView(buffer, byteOffset + this.at + ahead, 4).getUint32(0, true);
  }

  /** Passes over `count` bytes. @throws StreamDamage if there are not that many; SourceError */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      if (!(await this.want(1))) throw this.cut();
      left -= this.take(Math.min(left, this.left)).length;
    }
  }

  /** Passes over all there is. @returns how many bytes, and whether they are zeros @throws SourceError */
  async skipRest(): Promise<{ length: number; zeros: boolean }> {
    const { offset } = this;
    let zeros = true;
    while (await this.want(1)) {
      zeros &&= areZeros(this.bytes, this.at, this.bytes.length);
      this.take(this.left);
    }
    return { length: this.offset - offset, zeros };
  }

  /** There should be more. */
  cut(): StreamDamage {
    return new StreamDamage("cut", this.until, "the compressed stream ends too early");
  }
}
