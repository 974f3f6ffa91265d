import type { BlockSource } from "../../source/block-source.ts";
import { BufferedUnpacker } from "../stream/buffered-unpacker.ts";
import type { Checkpoint } from "../stream/checkpoints.ts";
import { History } from "../stream/history.ts";
import { PackedInput } from "../stream/packed-input.ts";
import { junkBehind, wrongChecksum, wrongLength } from "../stream/remarks.ts";
import { StreamDamage, type StreamFormat, type SweepListener } from "../stream/stream-format.ts";
import {
  blockHeaderLength,
  dictionarySize,
  type XzBlockHeader,
  xzBlockHeader,
} from "./block-header.ts";
import { blockTable, type XzPlace } from "./block-table.ts";
import { CHECK_LENGTHS, type Check, checkOf } from "./checks.ts";
import type { Filter } from "./filter.ts";
import { filterOf } from "./filters.ts";
import { lzmaDamage } from "./lzma-damage.ts";
import { chunkHeader, LONGEST_CHUNK_HEADER, Lzma2 } from "./lzma2.ts";
import { LzmaError } from "./range-decoder.ts";
import { expectFooter, FRAME_LENGTH, isStreamStart, streamCheck } from "./stream-frame.ts";
import { BlockTotals, readIndex } from "./xz-index.ts";

/** How far back matches are followed, whatever a block asks for, in bytes: `xz -9` has half of it. */
const LONGEST_REACH = 128 << 20;
const LZMA2 = 0x21;

/** Streams of blocks, one after the other, zeros between them (xz file format 1.2). */
export const XZ_FORMAT: StreamFormat<XzPlace> = {
  kind: "xz",
  unpack: (source, from, listener) => new XzUnpacker(source, from, listener),
  table: blockTable,
};

/** A block that is being unpacked. */
interface Block {
  header: XzBlockHeader;
  headerLength: number;
  /** Where its packed bytes begin in the file, and its unpacked ones among all. */
  from: number;
  start: number;
  lzma2: Lzma2;
  filters: Filter[];
  check: Check | null;
}

class XzUnpacker extends BufferedUnpacker {
  private readonly input: PackedInput;
  private readonly history = new History();
  /** Unpacked bytes up to what was delivered. */
  private at: number;
  private step: "stream" | "blocks" | "chunks" | "check" = "stream";
  private checkKind = 0;
  private block: Block | null = null;
  /** Of the stream it is in; null where it began in the middle. */
  private totals: BlockTotals | null = null;

  constructor(
    source: BlockSource,
    { at, place }: Checkpoint<XzPlace>,
    private readonly listener: SweepListener<XzPlace> | null,
  ) {
    super();
    this.input = new PackedInput(source, place?.offset ?? 0);
    this.at = at;
    if (!place) return;
    this.step = "blocks";
    this.checkKind = place.check;
  }

  protected async unpack(): Promise<Uint8Array | null> {
    for (;;) {
      const { block } = this;
      if (this.step === "stream") {
        if (!(await this.beginStream())) return null;
      } else if (this.step === "blocks" || !block) {
        await this.beginBlock();
      } else if (this.step === "check") {
        await this.endBlock(block);
      } else {
        const isOver = await this.unpackChunk(block);
        if (isOver) this.step = "check";
        const delivered = this.deliver(block, isOver);
        if (delivered.length > 0) return delivered;
      }
    }
  }

  protected rest(): Uint8Array {
    return this.block ? this.deliver(this.block, false) : new Uint8Array();
  }

  protected override damageOf(error: unknown): unknown {
    return lzmaDamage(error, this.input.offset);
  }

  private deliver(block: Block, isLast: boolean): Uint8Array {
    let delivered = this.history.deliver();
    for (const filter of block.filters) delivered = filter.undo(delivered, isLast);
    this.at += delivered.length;
    block.check?.add(delivered);
    return delivered;
  }

  /** @returns false at the end of all streams. */
  private async beginStream(): Promise<boolean> {
    const { input, listener } = this;
    const isFirst = input.offset === 0;
    let padding = 0;
    while ((await input.want(1)) && input.bytes[input.at] === 0 && !isFirst) {
      input.take(1);
      padding += 1;
    }
    await input.want(FRAME_LENGTH);
    if (input.left === 0) {
      if (padding % 4 !== 0) this.remarkJunk(padding);
      return false;
    }
    const isStart = isStreamStart(input.bytes, input.at);
    if (!isFirst && !isStart) {
      if (listener) this.remarkJunk(padding + (await input.skipRest()).length);
      return false;
    }
    if (input.left < FRAME_LENGTH) throw input.cut();
    this.checkKind = streamCheck(input.take(FRAME_LENGTH));
    this.totals = new BlockTotals();
    this.step = "blocks";
    return true;
  }

  private remarkJunk(length: number): void {
    this.listener?.remark(junkBehind(length, "stream", "other bytes"));
  }

  private async beginBlock(): Promise<void> {
    const { input } = this;
    if (!(await input.want(1))) throw input.cut();
    const first = input.bytes[input.at] ?? 0;
    if (first === 0) {
      await this.endStream();
      return;
    }
    const headerLength = blockHeaderLength(first);
    if (!(await input.want(headerLength))) throw input.cut();
    const { offset } = input;
    const header = xzBlockHeader(input.take(headerLength));
    const check = this.checkKind;
    this.listener?.checkpoint(this.at, () => ({ offset, check }));
    const packer = header.filters.at(-1);
    if (packer?.id !== LZMA2) throw unread(offset, packer?.id ?? -1);
    const filters = header.filters.slice(0, -1).map(({ id, properties }) => {
      const filter = filterOf(id, properties);
      if (!filter) throw unread(offset, id);
      return filter;
    });
    const dictionary = dictionarySize(packer.properties);
    const reach = Math.min(dictionary, LONGEST_REACH);
    this.block = {
      header,
      headerLength,
      from: input.offset,
      start: this.at,
      lzma2: new Lzma2(this.history, dictionary, reach),
      // They are undone from the last to the first.
      filters: filters.reverse(),
      check: this.listener ? checkOf(check) : null,
    };
    this.step = "chunks";
  }

  /** @returns whether it was the block's last. */
  private async unpackChunk({ lzma2 }: Block): Promise<boolean> {
    const { input } = this;
    await input.want(LONGEST_CHUNK_HEADER);
    if (input.left === 0) throw input.cut();
    const chunk = chunkHeader(input.bytes, input.at);
    if (input.left < chunk.header) throw input.cut();
    if (chunk.size === 0) {
      input.take(chunk.header);
      return true;
    }
    const isWhole = await input.want(chunk.header + chunk.packed);
    input.take(chunk.header);
    lzma2.unpack(chunk, input.take(isWhole ? chunk.packed : input.left));
    if (!isWhole) throw input.cut();
    return false;
  }

  private async endBlock(block: Block): Promise<void> {
    const { input, listener, at } = this;
    const { header, start } = block;
    const packed = input.offset - block.from;
    const padding = (4 - (packed % 4)) % 4;
    const checkLength = CHECK_LENGTHS[this.checkKind] ?? 0;
    if (!(await input.want(padding + checkLength))) throw input.cut();
    if (input.take(padding).some((byte) => byte !== 0)) throw new LzmaError("padding of no zeros");
    const stored = input.take(checkLength);
    const size = at - start;
    this.totals?.add(block.headerLength + packed + checkLength, size);
    this.block = null;
    this.step = "blocks";
    const found = block.check?.result();
    if (found?.some((byte, i) => byte !== stored[i])) {
      listener?.remark(wrongChecksum(start, at, hex(stored), hex(found)));
    }
    if ((header.size ?? size) === size && (header.packed ?? packed) === packed) return;
    const expected = `${header.size ?? "any"} bytes, out of ${header.packed ?? "any"}`;
    listener?.remark(wrongLength(start, at, expected, `${size} bytes, out of ${packed}`));
  }

  private async endStream(): Promise<void> {
    const { input, totals } = this;
    const { totals: said, length } = await readIndex(input);
    if (!(await input.want(FRAME_LENGTH))) throw input.cut();
    expectFooter(input.take(FRAME_LENGTH), this.checkKind, length);
    if (totals && !said.isSame(totals)) {
      throw new LzmaError("the index speaks of other blocks than there are");
    }
    this.step = "stream";
  }
}

/** @param id of a filter that is not read. */
function unread(offset: number, id: number): StreamDamage {
  const message = `it went through filter 0x${id.toString(16)} of xz, which is not read here; “xz -d FILE” unpacks it`;
  return new StreamDamage("refused", offset, message);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
