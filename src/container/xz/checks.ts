import { sha256 } from "@noble/hashes/sha2.js";
import { crc32 } from "../stream/crc32.ts";
import { Crc64 } from "./crc64.ts";

/** A checksum over the unpacked bytes of a block. */
export interface Check {
  add(bytes: Uint8Array): void;
  /** As it lies in the file. */
  result(): Uint8Array;
}

/** How long the checks of the 16 kinds are, in bytes (xz file format 1.2, 2.1.1.2). */
export const CHECK_LENGTHS = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** The check of that kind; null for none, and for those that no xz has yet. */
export function checkOf(kind: number): Check | null {
  switch (kind) {
    case 1:
      return new Check32();
    case 4:
      return new Check64();
    case 10: {
      const hash = sha256.create();
      return { add: (bytes) => void hash.update(bytes), result: () => hash.digest() };
    }
    default:
      return null;
  }
}

class Check32 implements Check {
  private sum = 0;

  add(bytes: Uint8Array): void {
    this.sum = crc32(this.sum, bytes);
  }

  result(): Uint8Array {
    return littleEndian(BigInt(this.sum), 4);
  }
}

class Check64 implements Check {
  private readonly sum = new Crc64();

  add(bytes: Uint8Array): void {
    this.sum.add(bytes);
  }

  result(): Uint8Array {
    return littleEndian(this.sum.value(), 8);
  }
}

function littleEndian(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}
