import { FrameUnpacker } from "../stream/frame-unpacker.ts";
import { junkBehind } from "../stream/remarks.ts";
import { damaged, StreamDamage, type StreamFormat } from "../stream/stream-format.ts";
import { blockHeader, Frame } from "./frame.ts";
import { type FrameHeader, frameHeader, LONGEST_HEADER, ZSTD_MAGIC } from "./frame-header.ts";
import { seekTable } from "./seek-table.ts";
import { TooFarBack } from "./sequences.ts";
import { Xxh64 } from "./xxh64.ts";
import { ZstdError } from "./zstd-error.ts";

/** A block of more packed bytes than any is, 128 KiB, is not waited for. */
const MOST_PACKED = 256 << 10;

/** Frames one after the other (RFC 8878): zstd, pzstd, zstd with a seek table. A place is a frame's. */
export const ZSTD_FORMAT: StreamFormat<number> = {
  kind: "zstd",
  unpack: (source, from, listener) => new ZstdUnpacker(source, from, listener),
  table: seekTable,
};

/** A frame, and what unpacks its blocks. */
type ZstdFrame = FrameHeader & { blocks: Frame };

class ZstdUnpacker extends FrameUnpacker<ZstdFrame> {
  protected async openFrame(): Promise<ZstdFrame | null> {
    const { input } = this;
    const isWhole = await input.want(LONGEST_HEADER);
    const start = new Uint8Array(LONGEST_HEADER);
    start.set(input.bytes.subarray(input.at, input.at + LONGEST_HEADER));
    const view = new DataView(start.buffer);
    if (view.getUint32(0, true) === ZSTD_MAGIC) {
      const header = this.readHeader(view, isWhole);
      return { ...header, blocks: new Frame(this.history, header.window) };
    }
    if (input.offset === 0) throw new StreamDamage("damaged", 0, "no zstd frame begins here");
    await this.skipTail();
    return null;
  }

  protected newChecksum(): Xxh64 {
    return new Xxh64();
  }

  protected checksumText(checksum: string, offset: number): string {
    return `${checksum}, as byte ${offset} of the file says`;
  }

  private readHeader(start: DataView, isWhole: boolean): FrameHeader {
    const { input } = this;
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
    input.take(header.length);
    return header;
  }

  protected async unpackBlock({ blocks }: ZstdFrame): Promise<boolean> {
    const { input } = this;
    if (!(await input.want(3))) throw input.cut();
    const { offset } = input;
    const header = blockHeader(input.bytes, input.at);
    if (header.packed > MOST_PACKED) throw damaged(offset, "a block of more than it may hold");
    if (!(await input.want(3 + header.packed))) throw input.cut();
    input.take(3);
    const bytes = input.take(header.packed);
    try {
      blocks.unpack(header, bytes);
    } catch (error) {
      if (error instanceof ZstdError) throw damaged(offset, error.message);
      if (error instanceof TooFarBack) {
        const message =
          "it repeats what lies more than 128 MiB before; “zstd -d --long=31 FILE” unpacks it";
        throw new StreamDamage("refused", offset, message);
      }
      throw error;
    }
    return !header.isLast;
  }

  /** Behind the last frame: zeros, or what is no part of it. `zstd` itself refuses such a file. */
  private async skipTail(): Promise<void> {
    const { input, listener } = this;
    if (!listener) return;
    const { offset } = input;
    const { length, zeros } = await input.skipRest();
    const found = `${zeros ? "zeros" : "other bytes"} from byte ${offset} on`;
    listener.remark(junkBehind(length, "frame", found));
  }
}
