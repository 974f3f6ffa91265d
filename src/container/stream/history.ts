/** At first, in bytes. */
const SMALL = 512 << 10;

/**
 * What was unpacked last, for matches that reach back into it; what was not yet delivered is its end.
 * It grows with what is unpacked, to what matches may reach and no farther.
 */
export class History {
  bytes = new Uint8Array(SMALL);
  /** Where the next byte goes in `bytes`. */
  put = 0;
  /** Where what is kept begins in `bytes`. */
  oldest = 0;
  /** Bytes since `begin`. */
  total = 0;
  /** Where what is not delivered begins in `bytes`. */
  private start = 0;
  private reach = 0;

  /** Unpacked and not delivered, in bytes. */
  get pending(): number {
    return this.put - this.start;
  }

  /** From here on matches reach back no farther than to here, and no farther than `reach` bytes. */
  begin(reach: number): void {
    this.reach = reach;
    this.oldest = this.put;
    this.total = 0;
  }

  /** Makes room for `count` bytes: from `put` on, `bytes` may be written to. */
  makeRoom(count: number): void {
    if (this.put + count <= this.bytes.length) return;
    const from = Math.min(this.start, Math.max(this.oldest, this.put - this.reach));
    const kept = this.put - from;
    const { length } = this.bytes;
    // To move what is kept time and again would cost more than the unpacking.
    if (kept + count > length - length / 8) {
      const most = this.reach + Math.floor(this.reach / 8) + SMALL;
      const grown = new Uint8Array(Math.max(kept + count, Math.min(2 * length, most)));
      grown.set(this.bytes.subarray(from, this.put));
      this.bytes = grown;
    } else this.bytes.copyWithin(0, from, this.put);
    this.start -= from;
    this.put -= from;
    this.oldest = Math.max(0, this.oldest - from);
  }

  /** `count` bytes were written at `put`. */
  advance(count: number): void {
    this.put += count;
    this.total += count;
  }

  /** What was not delivered before; good until `makeRoom`. */
  deliver(): Uint8Array {
    const delivered = this.bytes.subarray(this.start, this.put);
    this.start = this.put;
    return delivered;
  }
}
