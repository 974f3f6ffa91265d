import type { BlockSource } from "../../source/block-source.ts";
import type { Checkpoint } from "../stream/checkpoints.ts";
import { History } from "../stream/history.ts";
import { PackedInput } from "../stream/packed-input.ts";
import {
  StreamDamage,
  type StreamFormat,
  type SweepListener,
  type Unpacker,
} from "../stream/stream-format.ts";
import {
  LEGACY_BLOCK,
  LEGACY_MAGIC,
  LONGEST_DESCRIPTOR,
  LZ4_MAGIC,
  type Lz4Frame,
  lz4Frame,
} from "./frame-header.ts";
import { LZ4_REACH, Lz4Error, unpackLz4 } from "./lz4-block.ts";
import { Xxh32, xxh32 } from "./xxh32.ts";

const RUN = 256 << 10;
const SKIPPABLE_MAGIC = 0x184d2a50;

/** Frames one after the other, the older kind among them. A place is a frame's. */
export const LZ4_FORMAT: StreamFormat<number> = {
  kind: "lz4",
  unpack: (source, from, listener) => new Lz4Unpacker(source, from, listener),
};

class Lz4Unpacker implements Unpacker {
  private readonly input: PackedInput;
  private readonly history = new History();
  /** Unpacked bytes up to what was delivered. */
  private at: number;
  private frame: Lz4Frame | "legacy" | null = null;
  private frameStart = 0;
  private check: Xxh32 | null = null;
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
      const failure = this.damageOf(error);
      if (this.history.pending === 0) throw failure;
      this.failure = failure;
      return this.deliver();
    }
  }

  private async unpack(): Promise<Uint8Array | null> {
    for (;;) {
      if (!this.frame) {
        if (!(await this.beginFrame())) return null;
      } else if (this.isOver) {
        await this.endFrame();
      } else {
        this.isOver = !(await this.unpackBlock(this.frame));
        const { pending } = this.history;
        if (pending >= RUN || (this.isOver && pending > 0)) return this.deliver();
      }
    }
  }

  private deliver(): Uint8Array {
    const delivered = this.history.deliver();
    this.at += delivered.length;
    this.check?.add(delivered);
    return delivered;
  }

  /** @returns false at the end of all frames. */
  private async beginFrame(): Promise<boolean> {
    const { input, listener } = this;
    for (;;) {
      await input.want(8);
      if (input.left === 0) return false;
      const { offset } = input;
      if (input.left < 4) {
        if (offset === 0) throw input.cut();
        return this.skipTail();
      }
      const magic = u32(input.bytes, input.at);
      if (magic === LZ4_MAGIC || magic === LEGACY_MAGIC) {
        input.take(4);
        listener?.checkpoint(this.at, () => offset);
        await this.open(magic);
        return true;
      }
      if ((magic & ~15) >>> 0 !== SKIPPABLE_MAGIC) return this.skipTail();
      if (input.left < 8) throw input.cut();
      await this.skip(8 + u32(input.bytes, input.at + 4));
    }
  }

  private async open(magic: number): Promise<void> {
    const { input, listener } = this;
    this.isOver = false;
    this.frameStart = this.at;
    this.check = null;
    this.history.begin(LZ4_REACH);
    if (magic === LEGACY_MAGIC) {
      this.frame = "legacy";
      return;
    }
    const { offset } = input;
    await input.want(LONGEST_DESCRIPTOR);
    const bytes = new Uint8Array(LONGEST_DESCRIPTOR);
    bytes.set(input.bytes.subarray(input.at, input.at + LONGEST_DESCRIPTOR));
    if (input.left < 7 && !(await input.want(7))) throw input.cut();
    const frame = lz4Frame(bytes);
    if (input.left < frame.length) throw input.cut();
    if (frame.hasDictionary) {
      const message =
        "it was packed with a dictionary, which is not in the file; “lz4 -d -D DICTIONARY FILE” unpacks it";
      throw new StreamDamage("refused", offset, message);
    }
    input.take(frame.length);
    this.frame = frame;
    this.check = listener && frame.hasCheck ? new Xxh32() : null;
  }

  /** @returns false where there is none any more. */
  private async unpackBlock(frame: Lz4Frame | "legacy"): Promise<boolean> {
    const { input, history } = this;
    const isThere = await input.want(4);
    if (frame === "legacy") {
      if (input.left === 0) return false;
      if (!isThere) throw input.cut();
      return this.unpackLegacy(u32(input.bytes, input.at));
    }
    if (!isThere) throw input.cut();
    const { offset } = input;
    const header = u32(input.take(4), 0);
    if (header === 0) return false;
    const size = header & 0x7fffffff;
    if (size > frame.largestBlock) throw new Lz4Error("a block of more than it may hold");
    if (!(await input.want(size + (frame.hasBlockChecks ? 4 : 0)))) throw input.cut();
    const block = input.take(size);
    if (frame.hasBlockChecks && u32(input.take(4), 0) !== xxh32(block)) {
      this.listener?.remark({
        code: "checksum",
        message: `the block at byte ${offset} of the file does not match its checksum: some of it is wrong`,
        expected: "the checksum behind it",
        found: "another one",
      });
    }
    if (!frame.isLinked) history.begin(LZ4_REACH);
    history.makeRoom(frame.largestBlock);
    if (header >>> 31 === 0) unpackLz4(block, frame.largestBlock, history);
    else {
      history.bytes.set(block, history.put);
      history.advance(size);
    }
    return true;
  }

  /** A block without more than its length; another magic is another frame. */
  private async unpackLegacy(size: number): Promise<boolean> {
    const { input, history } = this;
    // A block that does not get smaller is a little longer than what it holds.
    if (size > LEGACY_BLOCK + LEGACY_BLOCK / 255 + 16) return false;
    if (!(await input.want(4 + size))) throw input.cut();
    input.take(4);
    history.begin(LZ4_REACH);
    history.makeRoom(LEGACY_BLOCK);
    unpackLz4(input.take(size), LEGACY_BLOCK, history);
    return true;
  }

  private async endFrame(): Promise<void> {
    const { input, frame, listener } = this;
    this.frame = null;
    if (!frame || frame === "legacy") return;
    const length = this.at - this.frameStart;
    if (frame.hasCheck) {
      if (!(await input.want(4))) throw input.cut();
      const expected = u32(input.take(4), 0);
      const found = this.check?.value() ?? expected;
      if (found !== expected) {
        listener?.remark({
          code: "checksum",
          message: `bytes ${this.frameStart} to ${this.at} do not match the checksum behind them: some of them are wrong`,
          expected: `0x${expected.toString(16)}`,
          found: `0x${found.toString(16)}`,
        });
      }
    }
    if (frame.size === null || frame.size === BigInt(length)) return;
    listener?.remark({
      code: "length",
      message: `bytes ${this.frameStart} to ${this.at} are not as many as the file says`,
      expected: `${frame.size} bytes`,
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

  private async skipTail(): Promise<false> {
    const { input, listener } = this;
    const { offset } = input;
    while (listener && (await input.want(1))) input.take(input.left);
    listener?.remark({
      code: "junk",
      message: `behind the compressed data lie ${input.offset - offset} bytes that are no part of it`,
      expected: "the end of the file, or another frame",
      found: `other bytes from byte ${offset} on`,
    });
    return false;
  }

  private damageOf(error: unknown): unknown {
    if (!(error instanceof Lz4Error)) return error;
    const message = `the compressed stream is damaged: ${error.message}`;
    return new StreamDamage("damaged", this.input.offset, message);
  }
}

function u32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
}
