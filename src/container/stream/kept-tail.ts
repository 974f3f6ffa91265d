/** How much of the end is kept, at least, in bytes: what a disk is told by lies in its last 64 KiB. */
const TAIL = 128 << 10;

/** The last bytes of a stream. */
export class KeptTail {
  private readonly bytes = new Uint8Array(2 * TAIL);
  private length = 0;
  /** All bytes that came. */
  private total = 0;

  /** Where what is kept begins. */
  get at(): number {
    return this.total - this.length;
  }

  /** The bytes that follow those added before. */
  add(run: Uint8Array): void {
    this.total += run.length;
    const last = run.subarray(-TAIL);
    if (this.length + last.length > this.bytes.length || last.length < run.length) {
      const kept = last.length < run.length ? 0 : Math.min(this.length, TAIL);
      this.bytes.copyWithin(0, this.length - kept, this.length);
      this.length = kept;
    }
    this.bytes.set(last, this.length);
    this.length += last.length;
  }

  /** @returns whether all of the range is kept: it is then in `target`. */
  copy(offset: number, length: number, target: Uint8Array, to: number): boolean {
    const from = offset - this.at;
    if (from < 0 || from + length > this.length) return false;
    target.set(this.bytes.subarray(from, from + length), to);
    return true;
  }
}
