import type { BlockSource } from "../../source/block-source.ts";
import type { Checkpoint } from "../stream/checkpoints.ts";
import { PackedInput } from "../stream/packed-input.ts";
import { junkBehind } from "../stream/remarks.ts";
import {
  damaged,
  StreamDamage,
  type StreamFormat,
  type SweepListener,
  type Unpacker,
} from "../stream/stream-format.ts";
import { BlockOutput } from "./block-output.ts";
import { HighBits } from "./high-bits.ts";
import { Bzip2Error } from "./high-code.ts";
import { highCrc } from "./high-crc.ts";
import { LONGEST_BLOCK, readBlock } from "./read-block.ts";

/** Delivered at once, in bytes. */
const RUN = 256 << 10;
/** A block begins with pi, the end of a stream with the root of it: 24 bits and 24 bits. */
const BLOCK_MAGIC = [0x314159, 0x265359] as const;
const END_MAGIC = [0x177245, 0x385090] as const;

/** Where a block begins. */
export interface Bzip2Place {
  /** In bits of the file. */
  bit: number;
  /** Bytes a block may hold. */
  most: number;
}

/** Streams one after the other, as bzip2 and pbzip2 write them. */
export const BZIP2_FORMAT: StreamFormat<Bzip2Place> = {
  kind: "bzip2",
  unpack: (source, from, listener) => new Bzip2Unpacker(source, from, listener),
};

/** Whether a stream begins so, and how many bytes its blocks may hold; 0: it does not. */
export function bzip2Start(bytes: Uint8Array, at = 0): number {
  const level = (bytes[at + 3] ?? 0) - 0x30;
  const isStart = bytes[at] === 0x42 && bytes[at + 1] === 0x5a && bytes[at + 2] === 0x68;
  return isStart && level >= 1 && level <= 9 ? level * 100_000 : 0;
}

class Bzip2Unpacker implements Unpacker {
  private readonly input: PackedInput;
  private readonly bits: HighBits;
  private readonly run = new Uint8Array(RUN);
  /** Unpacked bytes up to what was delivered. */
  private at: number;
  /** Bytes a block may hold; 0: between streams. */
  private most = 0;
  private skip = 0;
  private block: { output: BlockOutput; start: number; expected: number; crc: number } | null =
    null;

  constructor(
    source: BlockSource,
    { at, place }: Checkpoint<Bzip2Place>,
    private readonly listener: SweepListener<Bzip2Place> | null,
  ) {
    this.input = new PackedInput(source, place ? Math.floor(place.bit / 8) : 0);
    this.bits = new HighBits(this.input);
    this.at = at;
    if (!place) return;
    this.most = place.most;
    this.skip = place.bit % 8;
  }

  async next(): Promise<Uint8Array | null> {
    for (;;) {
      const { block } = this;
      if (block) {
        const length = block.output.fill(this.run);
        if (length > 0) return this.deliver(block, this.run.subarray(0, length));
        this.endBlock(block);
        this.block = null;
      } else if (this.most === 0) {
        if (!(await this.beginStream())) return null;
      } else await this.beginBlock();
    }
  }

  private deliver(block: NonNullable<Bzip2Unpacker["block"]>, bytes: Uint8Array): Uint8Array {
    if (this.listener) block.crc = highCrc(block.crc, bytes);
    this.at += bytes.length;
    return bytes;
  }

  private async beginStream(): Promise<boolean> {
    const { input, listener } = this;
    await input.want(4);
    if (input.left === 0) return false;
    this.most = bzip2Start(input.bytes, input.at);
    if (this.most > 0) {
      input.take(4);
      return true;
    }
    const { offset } = input;
    if (offset === 0) throw new StreamDamage("damaged", 0, "no bzip2 stream begins here");
    if (listener) {
      const { length } = await input.skipRest();
      listener.remark(junkBehind(length, "stream", `other bytes from byte ${offset} on`));
    }
    return false;
  }

  private async beginBlock(): Promise<void> {
    const { input, bits, most } = this;
    await input.want(LONGEST_BLOCK);
    bits.read(this.skip);
    this.skip = 0;
    const bit = bits.offset;
    const offset = Math.floor(bit / 8);
    const high = bits.read(24);
    const low = bits.read(24);
    const expected = bits.word();
    if (high === END_MAGIC[0] && low === END_MAGIC[1]) {
      bits.align();
      this.most = 0;
      return;
    }
    if (high !== BLOCK_MAGIC[0] || low !== BLOCK_MAGIC[1])
      throw damaged(offset, "no block begins here");
    this.listener?.checkpoint(this.at, () => ({ bit, most }));
    try {
      const output = new BlockOutput(readBlock(bits, most));
      this.block = { output, start: this.at, expected, crc: 0 };
    } catch (error) {
      if (error instanceof Bzip2Error) throw damaged(offset, error.message);
      throw error;
    }
  }

  private endBlock({ start, expected, crc }: NonNullable<Bzip2Unpacker["block"]>): void {
    if (crc === expected) return;
    this.listener?.remark({
      code: "checksum",
      message: `bytes ${start} to ${this.at} do not match their checksum: some of them are wrong`,
      expected: `0x${expected.toString(16)}`,
      found: `0x${crc.toString(16)}`,
    });
  }
}
