import type { BlockSource } from "../../source/block-source.ts";
import { areZeros } from "../../source/zeros.ts";
import type { Checkpoint } from "../stream/checkpoints.ts";
import { History } from "../stream/history.ts";
import { PackedInput } from "../stream/packed-input.ts";
import {
  StreamDamage,
  type StreamFormat,
  type SweepListener,
  type Unpacker,
} from "../stream/stream-format.ts";
import { type BlockHeader, blockHeader, Frame } from "./frame.ts";
import {
  type FrameHeader,
  frameHeader,
  LONGEST_HEADER,
  SKIPPABLE_MAGIC,
  ZSTD_MAGIC,
} from "./frame-header.ts";
import { seekTable } from "./seek-table.ts";
import { TooFarBack } from "./sequences.ts";
import { Xxh64 } from "./xxh64.ts";
import { ZstdError } from "./zstd-error.ts";

/** Delivered at once, in bytes. */
const RUN = 256 << 10;

/** Frames one after the other (RFC 8878): zstd, pzstd, zstd with a seek table. A place is a frame's. */
export const ZSTD_FORMAT: StreamFormat<number> = {
  kind: "zstd",
  unpack: (source, from, listener) => new ZstdUnpacker(source, from, listener),
  table: seekTable,
};

class ZstdUnpacker implements Unpacker {
  private readonly input: PackedInput;
  /** Unpacked bytes up to what was delivered. */
  private at: number;
  private readonly history = new History();
  private frame: Frame | null = null;
  private header: FrameHeader | null = null;
  private frameStart = 0;
  private checksum: Xxh64 | null = null;
  private isOver = false;
  private failure: unknown = null;

  constructor(
    source: BlockSource,
    { at, place }: Checkpoint<number>,
    private readonly listener: SweepListener<number> | null,
  ) {
    this.input = new PackedInput(source, place ?? 0);
    this.at = at;
  }

  async next(): Promise<Uint8Array | null> {
    if (this.failure) throw this.failure;
    try {
      return await this.unpack();
    } catch (error) {
      if (this.history.pending === 0) throw error;
      this.failure = error;
      return this.deliver();
    }
  }

  private async unpack(): Promise<Uint8Array | null> {
    for (;;) {
      const { frame } = this;
      if (!frame) {
        if (!(await this.beginFrame())) return null;
      } else if (this.isOver) {
        await this.endFrame();
      } else {
        this.isOver = await this.unpackBlock(frame);
        const { pending } = this.history;
        if (pending >= RUN || (this.isOver && pending > 0)) return this.deliver();
      }
    }
  }

  private deliver(): Uint8Array {
    const delivered = this.history.deliver();
    this.at += delivered.length;
    this.checksum?.add(delivered);
    return delivered;
  }

  /** @returns false at the end of all frames. */
  private async beginFrame(): Promise<boolean> {
    const { input, listener } = this;
    for (;;) {
      const isWhole = await input.want(LONGEST_HEADER);
      if (input.left === 0) return false;
      const start = new DataView(new ArrayBuffer(LONGEST_HEADER));
      for (let i = 0; i < Math.min(LONGEST_HEADER, input.left); i++) {
        start.setUint8(i, input.bytes[input.at + i] ?? 0);
      }
      const magic = start.getUint32(0, true);
      if (magic === ZSTD_MAGIC) {
        this.open(start, isWhole);
        return true;
      }
      if ((magic & ~15) >>> 0 === SKIPPABLE_MAGIC) {
        if (input.left < 8) throw input.cut();
        await this.skip(8 + start.getUint32(4, true));
      } else if (input.offset === 0) {
        throw new StreamDamage("damaged", 0, "no zstd frame begins here");
      } else {
        if (listener) await this.skipTail(listener);
        return false;
      }
    }
  }

  private open(start: DataView, isWhole: boolean): void {
    const { input, listener } = this;
    const header = frameHeader(start);
    const { offset } = input;
    if (!header) {
      throw new StreamDamage("refused", offset, "a frame has a bit set that no zstd knows");
    }
    if (!isWhole && input.left < header.length) throw input.cut();
    if (header.dictionary !== 0) {
      throw new StreamDamage(
        "refused",
        offset,
        `it was packed with dictionary ${header.dictionary}, which is not in the file; “zstd -d -D DICTIONARY FILE” unpacks it`,
      );
    }
    listener?.checkpoint(this.at, () => offset);
    input.take(header.length);
    this.header = header;
    this.frame = new Frame(this.history, header.window);
    this.frameStart = this.at;
    this.isOver = false;
    this.checksum = listener && header.hasChecksum ? new Xxh64() : null;
  }

  /** @returns whether it was the frame's last. */
  private async unpackBlock(frame: Frame): Promise<boolean> {
    const { input } = this;
    if (!(await input.want(3))) throw input.cut();
    const { offset } = input;
    const header: BlockHeader = blockHeader(input.bytes, input.at);
    // A packed block is never longer than 128 KiB: no need to wait for more of a damaged one.
    if (header.packed > RUN) throw damaged(offset, "a block of more than it may hold");
    if (!(await input.want(3 + header.packed))) throw input.cut();
    input.take(3);
    const bytes = input.take(header.packed);
    try {
      frame.unpack(header, bytes);
    } catch (error) {
      if (error instanceof ZstdError) throw damaged(offset, error.message);
      if (error instanceof TooFarBack) {
        const message =
          "it repeats what lies more than 128 MiB before; “zstd -d --long=31 FILE” unpacks it";
        throw new StreamDamage("refused", offset, message);
      }
      throw error;
    }
    return header.isLast;
  }

  private async endFrame(): Promise<void> {
    const { input, header, listener } = this;
    const length = this.at - this.frameStart;
    this.frame = null;
    if (header?.hasChecksum) {
      if (!(await input.want(4))) throw input.cut();
      const { offset } = input;
      const bytes = input.take(4);
      const expected = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
      const found = this.checksum?.low32() ?? expected;
      if (found !== expected) {
        listener?.remark({
          code: "checksum",
          message: `bytes ${this.frameStart} to ${this.at} do not match the checksum behind them: some of them are wrong`,
          expected: `0x${expected.toString(16)}, as byte ${offset} of the file says`,
          found: `0x${found.toString(16)}`,
        });
      }
    }
    const size = header?.contentSize;
    if (size === null || size === undefined || size === BigInt(length)) return;
    listener?.remark({
      code: "length",
      message: `bytes ${this.frameStart} to ${this.at} are not as many as the file says`,
      expected: `${size} bytes`,
      found: `${length} bytes`,
    });
  }

  private async skip(length: number): Promise<void> {
    const { input } = this;
    for (let left = length; left > 0; ) {
      if (!(await input.want(1))) throw input.cut();
      left -= input.take(Math.min(left, input.left)).length;
    }
  }

  /** Behind the last frame: zeros, or what is no part of it. `zstd` itself refuses such a file. */
  private async skipTail(listener: SweepListener<number>): Promise<void> {
    const { input } = this;
    const { offset } = input;
    let zeros = true;
    while (await input.want(1)) {
      const { bytes, at } = input;
      zeros &&= areZeros(bytes, at, bytes.length);
      input.take(input.left);
    }
    listener.remark({
      code: "junk",
      message: `behind the compressed data lie ${input.offset - offset} bytes that are no part of it`,
      expected: "the end of the file, or another frame",
      found: `${zeros ? "zeros" : "other bytes"} from byte ${offset} on`,
    });
  }
}

function damaged(offset: number, what: string): StreamDamage {
  return new StreamDamage("damaged", offset, `the compressed stream is damaged: ${what}`);
}
