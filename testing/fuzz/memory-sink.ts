import type { Sink } from "../../src/source/sink/sink.ts";

/** A dump may tell of any size: what is larger than asked for is not kept. */
export class TooLong extends Error {}

/** Gathers bytes, up to so many. */
export class MemorySink implements Sink {
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  constructor(private readonly most: number) {}

  bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.parts));
  }

  write(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.length > this.most) throw new TooLong();
    this.parts.push(bytes);
  }

  skip(length: number): void {
    if (this.length + length > this.most) throw new TooLong();
    this.write(new Uint8Array(length));
  }

  finish(): void {}

  abandon(): void {}
}
