import type { PackedInput } from "../stream/packed-input.ts";

/** Bits of what is at hand of the input, the highest of each byte first. */
export class HighBits {
  private hold = 0;
  private held = 0;

  constructor(readonly input: PackedInput) {}

  /** How many bits of the file come before the next one. */
  get offset(): number {
    return this.input.offset * 8 - this.held;
  }

  /** The next `count` bits, at most 24. @throws StreamDamage if cut */
  read(count: number): number {
    const { input } = this;
    while (this.held < count) {
      if (input.at >= input.bytes.length) throw input.cut();
      this.hold = (this.hold << 8) | (input.bytes[input.at++] ?? 0);
      this.held += 8;
    }
    this.held -= count;
    return (this.hold >>> this.held) & ((1 << count) - 1);
  }

  /** The next 32 bits. */
  word(): number {
    return this.read(16) * 65_536 + this.read(16);
  }

  /** To the next whole byte. */
  align(): void {
    this.input.at -= this.held >> 3;
    this.held = 0;
  }
}
