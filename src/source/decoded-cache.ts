/** Unpacked bytes that may be wanted again; those not asked for the longest time go first. */
export class DecodedCache {
  private readonly kept = new Map<string, Uint8Array>();
  private bytes = 0;

  /** @param limit in bytes. */
  constructor(private readonly limit: number) {}

  get(key: string): Uint8Array | undefined {
    const found = this.kept.get(key);
    if (found) {
      this.kept.delete(key);
      this.kept.set(key, found);
    }
    return found;
  }

  put(key: string, unpacked: Uint8Array): void {
    this.drop(key);
    // What alone is more than may be kept would only drive out the rest.
    if (unpacked.buffer.byteLength > this.limit) return;
    this.kept.set(key, unpacked);
    this.bytes += unpacked.buffer.byteLength;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.limit) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.bytes -= this.kept.get(key)?.buffer.byteLength ?? 0;
    this.kept.delete(key);
  }
}
