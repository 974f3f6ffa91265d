/** A sum over whole stripes of bytes that come in pieces, as those of the XXH family are. */
export abstract class StripedSum {
  /** What is less than a stripe: the first `restLength` bytes of it. */
  protected readonly rest: Uint8Array<ArrayBuffer>;
  protected restLength = 0;
  /** Of all that was added, in bytes. */
  protected total = 0;

  /** @param stripe in bytes. */
  constructor(private readonly stripe: number) {
    this.rest = new Uint8Array(stripe);
  }

  add(bytes: Uint8Array): void {
    const { rest, stripe } = this;
    this.total += bytes.length;
    let at = 0;
    if (this.restLength > 0) {
      at = Math.min(stripe - this.restLength, bytes.length);
      rest.set(bytes.subarray(0, at), this.restLength);
      this.restLength += at;
      if (this.restLength < stripe) return;
      this.stripes(rest, 0, stripe);
      this.restLength = 0;
    }
    const end = bytes.length - ((bytes.length - at) % stripe);
    this.stripes(bytes, at, end);
    rest.set(bytes.subarray(end));
    this.restLength = bytes.length - end;
  }

  /** The lowest 32 bits of the sum of all that was added. */
  abstract low32(): number;

  /** Adds whole stripes. */
  protected abstract stripes(bytes: Uint8Array, from: number, until: number): void;
}
