import type { PackedInput } from "../stream/packed-input.ts";
import { damaged, type StreamDamage } from "../stream/stream-format.ts";
import type { CodeTable } from "./code-table.ts";

/** The bits of deflate, from the lowest of each byte up, out of what of the input is at hand. */
export class BitReader {
  /** Bits taken from the input and not yet used; at most 32. */
  hold = 0;
  held = 0;

  constructor(readonly input: PackedInput) {}

  /** How many bits of the file come before the next one. */
  get offset(): number {
    return this.input.offset * 8 - this.held;
  }

  /** The next `count` bits, at most 16, the first one lowest. @throws StreamDamage if cut */
  bits(count: number): number {
    this.fill(count);
    if (this.held < count) throw this.cut();
    const value = this.hold & ((1 << count) - 1);
    this.drop(count);
    return value;
  }

  /** @throws StreamDamage */
  symbol({ entries, bits }: CodeTable): number {
    this.fill(bits);
    const entry = entries[this.hold & ((1 << bits) - 1)] ?? 0;
    const length = entry & 15;
    if (length > this.held) throw this.cut();
    if (length === 0) throw this.damaged("bits that are no code");
    this.drop(length);
    return entry >> 4;
  }

  /** To the next whole byte: what was taken beyond it goes back. */
  align(): void {
    this.input.at -= this.held >> 3;
    this.hold = 0;
    this.held = 0;
  }

  cut(): StreamDamage {
    return this.input.cut();
  }

  damaged(what: string): StreamDamage {
    return damaged(Math.floor(this.offset / 8), what);
  }

  private fill(count: number): void {
    const { input } = this;
    while (this.held < count && input.at < input.bytes.length) {
      this.hold |= (input.bytes[input.at++] ?? 0) << this.held;
      this.held += 8;
    }
  }

  private drop(count: number): void {
    this.hold >>>= count;
    this.held -= count;
  }
}
