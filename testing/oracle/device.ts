import { SECTOR } from "../disk.ts";

/** The COW device as the block layer sees it: whole sectors, and EIO for any read that leaves it. */
export class Device {
  readonly sectors: bigint;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.sectors = BigInt(Math.floor(bytes.length / SECTOR));
  }

  /** The bytes of one chunk, or null where the kernel gets an I/O error. */
  read(chunk: bigint, chunkSectors: bigint): Uint8Array | null {
    return this.readSectors(chunk * chunkSectors, chunkSectors);
  }

  readSectors(first: bigint, count: bigint): Uint8Array | null {
    if (first + count > this.sectors) return null;
    const start = Number(first) * SECTOR;
    return this.#bytes.subarray(start, start + Number(count) * SECTOR);
  }

  /** bio_check_eod(): a request is refused as a whole if its end lies beyond the device. */
  holds(chunk: bigint, chunkSectors: bigint): boolean {
    const end = (chunk + 1n) * chunkSectors;
    return end <= this.sectors;
  }
}
