import type { BlockSource } from "../../source/block-source.ts";
import { BufferedUnpacker } from "../stream/buffered-unpacker.ts";
import { History } from "../stream/history.ts";
import { PackedInput } from "../stream/packed-input.ts";
import type { StreamFormat } from "../stream/stream-format.ts";
import { LONGEST_LZMA_MATCH, Lzma, lzmaProperties } from "../xz/lzma.ts";
import { lzmaDamage } from "../xz/lzma-damage.ts";
import { LzmaError } from "../xz/range-decoder.ts";

/** Properties, the dictionary's size, and what it unpacks to. */
const LZMA_HEADER = 13;
/** Delivered at once, in bytes. */
const RUN = 256 << 10;
/** So much input is at hand before a run, if there is so much: a symbol takes a few bytes. */
const AHEAD = 64 << 10;
/** How far back matches are followed, whatever the header asks for, in bytes. */
const LONGEST_REACH = 128 << 20;
const UNKNOWN = 2n ** 64n - 1n;

/** One LZMA stream, as `lzma` and `xz --format=lzma` write it; it has no checksum. */
export const LZMA_FORMAT: StreamFormat<never> = {
  kind: "lzma",
  unpack: (source) => new LzmaUnpacker(source),
};

/**
 * Whether a file begins as `lzma` writes it. There is no magic: as xz does it, only headers that a
 * real one has are taken (lzma_alone_decoder() of liblzma), and a first byte of 0 behind it.
 */
export function isLzmaStart(head: Uint8Array): boolean {
  if (head.length < LZMA_HEADER + 5 || head[0] !== 0x5d || head[LZMA_HEADER] !== 0) return false;
  const view = new DataView(head.buffer, head.byteOffset, LZMA_HEADER);
  const dictionary = view.getUint32(1, true);
  const size = view.getBigUint64(5, true);
  const isPower = (value: number) => value !== 0 && (value & (value - 1)) === 0;
  const isUsual =
    dictionary === 0xffffffff ||
    isPower(dictionary) ||
    (dictionary % 3 === 0 && isPower(dictionary / 3));
  return isUsual && dictionary >= 4096 && (size === UNKNOWN || size < 2n ** 38n);
}

class LzmaUnpacker extends BufferedUnpacker {
  private readonly input: PackedInput;
  private readonly history = new History();
  private lzma: Lzma | null = null;
  /** What it says that it unpacks to; null: it ends with a mark. */
  private size: number | null = null;

  constructor(source: BlockSource) {
    super();
    this.input = new PackedInput(source, 0);
  }

  protected async unpack(): Promise<Uint8Array | null> {
    await this.run(this.lzma ?? (await this.begin()));
    return this.history.pending > 0 ? this.rest() : null;
  }

  protected rest(): Uint8Array {
    return this.history.deliver();
  }

  protected override damageOf(error: unknown): unknown {
    return lzmaDamage(error, this.input.offset);
  }

  private async begin(): Promise<Lzma> {
    const { input, history } = this;
    if (!(await input.want(LZMA_HEADER + 5))) throw input.cut();
    const header = input.take(LZMA_HEADER);
    const view = new DataView(header.buffer, header.byteOffset, LZMA_HEADER);
    const properties = lzmaProperties(view.getUint8(0));
    if (!properties) throw new LzmaError("properties that there are not");
    const dictionary = Math.max(view.getUint32(1, true), 4096);
    const size = view.getBigUint64(5, true);
    this.size = size === UNKNOWN ? null : Number(size);
    history.begin(Math.min(dictionary, LONGEST_REACH));
    const lzma = new Lzma(history, dictionary);
    lzma.reset(properties);
    lzma.range.begin(input.bytes, input.at);
    input.at = lzma.range.at;
    this.lzma = lzma;
    return lzma;
  }

  /** Unpacks a run, or less at the end. */
  private async run(lzma: Lzma): Promise<void> {
    const { input, history, size } = this;
    while (history.pending < RUN && !lzma.isOver) {
      const left = size === null ? RUN : Math.min(RUN, size - history.total);
      if (left === 0) return;
      await input.want(AHEAD);
      history.makeRoom(left + LONGEST_LZMA_MATCH);
      lzma.range.supply(input.bytes, input.at, input.bytes.length);
      lzma.run(left, !input.isLast);
      // Bytes that were never there were read as zeros.
      input.at = Math.min(lzma.range.at, input.bytes.length);
      if (size !== null && history.total > size) throw new LzmaError("more than it should be");
      if (lzma.range.at > lzma.range.end) throw input.cut();
    }
  }
}
