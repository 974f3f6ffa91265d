import type { Filter } from "./filter.ts";

/** Each byte was stored as its difference to the one `distance` before (xz file format 1.2, 5.3.3). */
export class Delta implements Filter {
  private readonly before = new Uint8Array(256);
  private at = 0;

  constructor(private readonly distance: number) {}

  undo(bytes: Uint8Array): Uint8Array {
    const { before, distance } = this;
    return bytes.map((byte) => {
      const value = (byte + (before[(this.at - distance) & 255] ?? 0)) & 255;
      before[this.at & 255] = value;
      this.at = (this.at + 1) & 255;
      return value;
    });
  }
}
