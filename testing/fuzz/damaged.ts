/**
 * Bytes that are damaged in place and mended again: to copy a whole disk for each execution would
 * take most of its time.
 */
export class Damaged {
  private readonly before: { at: number; bytes: Uint8Array }[] = [];
  private end: number;

  constructor(private readonly whole: Uint8Array) {
    this.end = whole.length;
  }

  get bytes(): Uint8Array {
    return this.whole.subarray(0, this.end);
  }

  get view(): DataView {
    return new DataView(this.whole.buffer, this.whole.byteOffset, this.end);
  }

  /** What falls behind the end is lost. */
  put(at: number, bytes: Uint8Array): void {
    if (at < 0 || at >= this.end) return;
    const part = bytes.subarray(0, this.end - at);
    this.before.push({ at, bytes: this.whole.slice(at, at + part.length) });
    this.whole.set(part, at);
  }

  /** A number of 1 to 8 bytes. */
  putNumber(at: number, value: bigint, length: number, little: boolean): void {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      bytes[little ? i : length - 1 - i] = Number((value >> BigInt(8 * i)) & 0xffn);
    }
    this.put(at, bytes);
  }

  numberAt(at: number, length: number, little: boolean): bigint {
    let value = 0n;
    for (let i = 0; i < length; i++) {
      value = (value << 8n) | BigInt(this.whole[little ? at + length - 1 - i : at + i] ?? 0);
    }
    return value;
  }

  cut(end: number): void {
    this.end = Math.min(this.end, end);
  }

  mend(): void {
    for (const { at, bytes } of this.before.reverse()) this.whole.set(bytes, at);
    this.before.length = 0;
    this.end = this.whole.length;
  }
}
