import { crc32 } from "../stream/crc32.ts";
import type { PackedInput } from "../stream/packed-input.ts";
import { LzmaError } from "./range-decoder.ts";
import { ByteReader, LONGEST_NUMBER } from "./variable-length.ts";

/** Of the blocks of a stream: how many there are, and what they add up to. */
export class BlockTotals {
  count = 0;
  private unpadded = 0;
  private size = 0;

  add(unpadded: number, size: number): void {
    this.count += 1;
    this.unpadded += unpadded;
    this.size += size;
  }

  isSame(other: BlockTotals): boolean {
    return (
      this.count === other.count && this.unpadded === other.unpadded && this.size === other.size
    );
  }
}

/**
 * Reads over a stream's index (xz file format 1.2, 4), which begins with a byte 0.
 * @param onBlock hears of each block: its length in the file without its padding, and unpacked.
 * @returns what it says, and how long it is in bytes. @throws LzmaError, StreamDamage
 */
export async function readIndex(
  input: PackedInput,
  onBlock: (unpadded: number, size: number) => void = () => {},
): Promise<{ totals: BlockTotals; length: number }> {
  const start = input.offset;
  let crc = 0;
  const take = async (count: number) => {
    if (!(await input.want(count))) throw input.cut();
    const bytes = input.take(count);
    crc = crc32(crc, bytes);
    return bytes;
  };
  const number = async () => {
    await input.want(LONGEST_NUMBER);
    const length = Math.min(LONGEST_NUMBER, input.left);
    const bytes = input.bytes.subarray(input.at, input.at + length);
    const reader = new ByteReader(bytes);
    // It may only seem to break off because the file does.
    if (bytes.length < LONGEST_NUMBER && bytes.every((byte) => byte >= 0x80)) throw input.cut();
    const value = reader.number();
    await take(reader.at);
    return value;
  };
  await take(1);
  const totals = new BlockTotals();
  const count = await number();
  for (let i = 0; i < count; i++) {
    const unpadded = await number();
    const size = await number();
    totals.add(unpadded, size);
    onBlock(unpadded, size);
  }
  while ((input.offset - start) % 4 !== 0) {
    const [byte] = await take(1);
    if (byte !== 0) throw new LzmaError("an index with more than it should have");
  }
  const expected = crc;
  const stored = await take(4);
  if (new DataView(stored.buffer, stored.byteOffset, 4).getUint32(0, true) !== expected) {
    throw new LzmaError("the index does not match its checksum");
  }
  return { totals, length: input.offset - start };
}
