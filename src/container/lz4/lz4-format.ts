import { FrameUnpacker } from "../stream/frame-unpacker.ts";
import { junkBehind } from "../stream/remarks.ts";
import { damaged, StreamDamage, type StreamFormat } from "../stream/stream-format.ts";
import {
  LEGACY_BLOCK,
  LEGACY_FRAME,
  LEGACY_MAGIC,
  LONGEST_DESCRIPTOR,
  LZ4_MAGIC,
  type Lz4Frame,
  lz4Frame,
} from "./frame-header.ts";
import { LZ4_REACH, Lz4Error, unpackLz4 } from "./lz4-block.ts";
import { Xxh32, xxh32 } from "./xxh32.ts";

/** Frames one after the other, the older kind among them. A place is a frame's. */
export const LZ4_FORMAT: StreamFormat<number> = {
  kind: "lz4",
  unpack: (source, from, listener) => new Lz4Unpacker(source, from, listener),
};

class Lz4Unpacker extends FrameUnpacker<Lz4Frame> {
  protected async openFrame(): Promise<Lz4Frame | null> {
    const { input } = this;
    if (input.left < 4 && input.offset === 0) throw input.cut();
    const magic = input.left < 4 ? 0 : input.word();
    if (magic !== LZ4_MAGIC && magic !== LEGACY_MAGIC) {
      await this.skipTail();
      return null;
    }
    input.take(4);
    this.history.begin(LZ4_REACH);
    return magic === LEGACY_MAGIC ? LEGACY_FRAME : this.readHeader();
  }

  protected newChecksum(): Xxh32 {
    return new Xxh32();
  }

  protected checksumText(checksum: string): string {
    return checksum;
  }

  private async readHeader(): Promise<Lz4Frame> {
    const { input } = this;
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
    return frame;
  }

  protected async unpackBlock(frame: Lz4Frame): Promise<boolean> {
    const { input, history } = this;
    const isThere = await input.want(4);
    if (frame === LEGACY_FRAME) {
      if (input.left === 0) return false;
      if (!isThere) throw input.cut();
      return this.unpackLegacy(input.word());
    }
    if (!isThere) throw input.cut();
    const { offset } = input;
    const header = input.word();
    input.take(4);
    if (header === 0) return false;
    const size = header & 0x7fffffff;
    if (size > frame.largestBlock) throw new Lz4Error("a block of more than it may hold");
    if (!(await input.want(size + (frame.hasBlockChecks ? 4 : 0)))) throw input.cut();
    const block = input.take(size);
    if (frame.hasBlockChecks) {
      if (input.word() !== xxh32(block)) this.remarkBlock(offset);
      input.take(4);
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

  private remarkBlock(offset: number): void {
    this.listener?.remark({
      code: "checksum",
      message: `the block at byte ${offset} of the file does not match its checksum: some of it is wrong`,
      expected: "the checksum behind it",
      found: "another one",
    });
  }

  private async skipTail(): Promise<void> {
    const { input, listener } = this;
    if (!listener) return;
    const { offset } = input;
    const { length } = await input.skipRest();
    listener.remark(junkBehind(length, "frame", `other bytes from byte ${offset} on`));
  }

  protected override damageOf(error: unknown): unknown {
    return error instanceof Lz4Error ? damaged(this.input.offset, error.message) : error;
  }
}
