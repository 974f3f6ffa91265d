import { crc32 } from "../stream/crc32.ts";
import type { PackedInput } from "../stream/packed-input.ts";
import { damaged, StreamDamage } from "../stream/stream-format.ts";

/** FLG of RFC 1952, 2.3.1. */
const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;
const RESERVED = 0xe0;

/** A name or a comment of more bytes than that is none. */
const LONGEST_TEXT = 1 << 20;

/** Whether a member begins so (RFC 1952): its magic, and deflate as its method. */
export function isMemberStart(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8;
}

/**
 * Reads over a member's header. @returns whether its own checksum holds, if it has one.
 * @throws StreamDamage, SourceError
 */
export async function readMemberHeader(input: PackedInput): Promise<boolean> {
  const header = new HeaderReader(input);
  const start = await header.take(10);
  const offset = input.offset - 10;
  if (!isMemberStart(start))
    throw new StreamDamage("damaged", offset, "no gzip member begins here");
  const flags = start[3] ?? 0;
  if (flags & RESERVED) {
    throw new StreamDamage("refused", offset, "its header has flags that no gzip knows");
  }
  if (flags & FEXTRA) {
    const [low = 0, high = 0] = await header.take(2);
    await header.take(low | (high << 8));
  }
  if (flags & FNAME) await header.text();
  if (flags & FCOMMENT) await header.text();
  if (!(flags & FHCRC)) return true;
  const expected = header.crc & 0xffff;
  const [low = 0, high = 0] = await header.take(2);
  return (low | (high << 8)) === expected;
}

class HeaderReader {
  /** Of all bytes taken. */
  crc = 0;

  constructor(private readonly input: PackedInput) {}

  async take(count: number): Promise<Uint8Array> {
    const { input } = this;
    if (!(await input.want(count))) throw input.cut();
    const taken = input.take(count);
    this.crc = crc32(this.crc, taken);
    return taken;
  }

  /** Up to a zero byte. */
  async text(): Promise<void> {
    for (let i = 0; i < LONGEST_TEXT; i++) {
      const [byte] = await this.take(1);
      if (byte === 0) return;
    }
    throw damaged(this.input.offset, "a name without end");
  }
}
