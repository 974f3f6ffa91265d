import type { BlockSource } from "../../source/block-source.ts";
import { BufferedUnpacker } from "../stream/buffered-unpacker.ts";
import type { Checkpoint } from "../stream/checkpoints.ts";
import { crc32 } from "../stream/crc32.ts";
import { PackedInput } from "../stream/packed-input.ts";
import { junkBehind, wrongChecksum, wrongLength } from "../stream/remarks.ts";
import type { StreamFormat, SweepListener } from "../stream/stream-format.ts";
import { type BlockStart, Inflate } from "./inflate.ts";
import { isMemberStart, readMemberHeader } from "./member-header.ts";

/** Before a block inside a member, or (without a window) before a member. */
export interface GzipPlace {
  /** In bits of the file. */
  bit: number;
  window: Uint8Array | null;
}

/** Members one after the other (RFC 1952): gzip, pigz, bgzip, and what `cat` makes of them. */
export const GZIP_FORMAT: StreamFormat<GzipPlace> = {
  kind: "gzip",
  unpack: (source, from, listener) => new GzipUnpacker(source, from, listener),
};

class GzipUnpacker extends BufferedUnpacker {
  private readonly input: PackedInput;
  private readonly inflate: Inflate;
  /** Unpacked bytes up to what was delivered. */
  private at: number;
  private readonly start: BlockStart | null;
  private step: "resume" | "header" | "blocks" | "trailer" = "header";
  private memberStart = 0;
  private crc = 0;

  constructor(
    source: BlockSource,
    { at, place }: Checkpoint<GzipPlace>,
    private readonly listener: SweepListener<GzipPlace> | null,
  ) {
    super();
    this.input = new PackedInput(source, place ? Math.floor(place.bit / 8) : 0);
    this.inflate = new Inflate(this.input);
    this.at = at;
    this.start = place?.window ? { bit: place.bit, window: place.window } : null;
    if (this.start) this.step = "resume";
  }

  protected async unpack(): Promise<Uint8Array | null> {
    for (;;) {
      if (this.step === "header" && !(await this.beginMember())) return null;
      if (this.step === "resume" && this.start) await this.inflate.resume(this.start);
      if (this.step === "trailer") await this.endMember();
      else {
        this.step = "blocks";
        const stop = await this.inflate.run();
        if (stop === "block") {
          this.offerBlock();
          continue;
        }
        if (stop === "end") this.step = "trailer";
        if (this.inflate.pending > 0) return this.rest();
      }
    }
  }

  protected rest(): Uint8Array {
    const delivered = this.inflate.deliver();
    this.at += delivered.length;
    if (this.listener) this.crc = crc32(this.crc, delivered);
    return delivered;
  }

  private offerBlock(): void {
    if (this.inflate.isLast) return;
    this.listener?.checkpoint(this.at + this.inflate.pending, () => this.inflate.blockStart());
  }

  /** @returns false at the end of all members. */
  private async beginMember(): Promise<boolean> {
    const { input, listener } = this;
    const isFirst = input.offset === 0;
    await input.want(3);
    if (!isFirst && !isMemberStart(input.bytes, input.at) && !this.beginsAsMember()) {
      if (listener) await this.skipTail(listener);
      return false;
    }
    const bit = input.offset * 8;
    listener?.checkpoint(this.at, () => ({ bit, window: null }));
    this.memberStart = this.at;
    this.crc = 0;
    if (!(await readMemberHeader(input))) {
      listener?.remark({
        code: "header-checksum",
        message: `the header of the member at byte ${bit / 8} does not match its checksum`,
        expected: "the checksum that the header gives",
        found: "another one",
      });
    }
    this.inflate.begin();
    return true;
  }

  /** Whether the file ends in what might have become a member. */
  private beginsAsMember(): boolean {
    const { left, bytes, at } = this.input;
    return left > 0 && left < 3 && bytes[at] === 0x1f && (left === 1 || bytes[at + 1] === 0x8b);
  }

  /** Behind the last member: zeros are padding, as tapes have it; gzip passes over all else too. */
  private async skipTail(listener: SweepListener<GzipPlace>): Promise<void> {
    const { input } = this;
    const { offset } = input;
    const { length, zeros } = await input.skipRest();
    if (zeros) return;
    listener.remark(junkBehind(length, "member", `other bytes from byte ${offset} on`));
  }

  private async endMember(): Promise<void> {
    const { input, listener, memberStart, at } = this;
    if (!(await input.want(8))) throw input.cut();
    const { offset } = input;
    const [crc, size] = [input.word(), input.word(4)];
    input.take(8);
    this.step = "header";
    if (!listener) return;
    const length = at - memberStart;
    if (crc !== this.crc) {
      const expected = `CRC-32 ${hex(crc)}, as byte ${offset} of the file says`;
      listener.remark(wrongChecksum(memberStart, at, expected, hex(this.crc)));
    }
    // ISIZE is the length modulo 2^32.
    if (size === length % 2 ** 32) return;
    const expected = `${size} bytes (modulo 2^32), as byte ${offset + 4} of the file says`;
    listener.remark(wrongLength(memberStart, at, expected, `${length} bytes`));
  }
}

const hex = (value: number) => `0x${value.toString(16).padStart(8, "0")}`;
