import type { BlockSource } from "../../source/block-source.ts";
import { BufferedUnpacker } from "./buffered-unpacker.ts";
import type { Checkpoint } from "./checkpoints.ts";
import { History } from "./history.ts";
import { PackedInput } from "./packed-input.ts";
import { wrongChecksum, wrongLength } from "./remarks.ts";
import type { SweepListener } from "./stream-format.ts";
import type { StripedSum } from "./striped-sum.ts";

/** Delivered at once, in bytes. */
const RUN = 256 << 10;

/** Whether a frame with that magic holds nothing for a decoder; the lowest four bits are free. */
export const isSkippable = (magic: number) => (magic & ~15) >>> 0 === 0x184d2a50;

/** What a frame says of all of its bytes. */
export interface FrameFacts {
  /** A checksum of 32 bits lies behind its blocks. */
  hasChecksum: boolean;
  /** What it unpacks to, in bytes; null: it does not say. */
  contentSize: bigint | null;
}

/** Frames of blocks, one after the other, as lz4 and zstd have them. A place is a frame's. */
export abstract class FrameUnpacker<Frame extends FrameFacts> extends BufferedUnpacker {
  protected readonly input: PackedInput;
  protected readonly history = new History();
  /** Unpacked bytes up to what was delivered. */
  private at: number;
  private frame: Frame | null = null;
  private frameStart = 0;
  private checksum: StripedSum | null = null;
  /** The frame has no more blocks. */
  private isOver = false;

  constructor(
    source: BlockSource,
    { at, place }: Checkpoint<number>,
    protected readonly listener: SweepListener<number> | null,
  ) {
    super();
    this.input = new PackedInput(source, place ?? 0);
    this.at = at;
  }

  /**
   * The frame that begins where the input stands, from its first block on; null where none does,
   * which it has told.
   */
  protected abstract openFrame(): Promise<Frame | null>;

  /** Unpacks a block into `history`. @returns whether the frame has more. */
  protected abstract unpackBlock(frame: Frame): Promise<boolean>;

  protected abstract newChecksum(): StripedSum;

  /** @param offset where the frame's checksum lies in the file. */
  protected abstract checksumText(checksum: string, offset: number): string;

  protected async unpack(): Promise<Uint8Array | null> {
    for (;;) {
      const { frame } = this;
      if (!frame) {
        if (!(await this.beginFrame())) return null;
      } else if (this.isOver) {
        await this.endFrame(frame);
      } else {
        this.isOver = !(await this.unpackBlock(frame));
        const { pending } = this.history;
        if (pending >= RUN || (this.isOver && pending > 0)) return this.rest();
      }
    }
  }

  protected rest(): Uint8Array {
    const delivered = this.history.deliver();
    this.at += delivered.length;
    this.checksum?.add(delivered);
    return delivered;
  }

  /** @returns false at the end of all frames. */
  private async beginFrame(): Promise<boolean> {
    const { input, listener } = this;
    while ((await input.want(4)) && isSkippable(input.word())) {
      if (!(await input.want(8))) throw input.cut();
      await input.skip(8 + input.word(4));
    }
    if (input.left === 0) return false;
    const { offset } = input;
    const frame = await this.openFrame();
    if (!frame) return false;
    listener?.checkpoint(this.at, () => offset);
    this.frame = frame;
    this.frameStart = this.at;
    this.isOver = false;
    this.checksum = listener && frame.hasChecksum ? this.newChecksum() : null;
    return true;
  }

  private async endFrame({ hasChecksum, contentSize }: Frame): Promise<void> {
    const { input, listener, frameStart, at } = this;
    this.frame = null;
    if (hasChecksum) {
      if (!(await input.want(4))) throw input.cut();
      const { offset } = input;
      const expected = input.word();
      input.take(4);
      const found = this.checksum?.low32() ?? expected;
      if (found !== expected) {
        const text = this.checksumText(`0x${expected.toString(16)}`, offset);
        listener?.remark(wrongChecksum(frameStart, at, text, `0x${found.toString(16)}`));
      }
    }
    const length = at - frameStart;
    if (contentSize === null || contentSize === BigInt(length)) return;
    listener?.remark(wrongLength(frameStart, at, `${contentSize} bytes`, `${length} bytes`));
  }
}
