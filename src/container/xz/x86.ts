import type { Filter } from "./filter.ts";

/** An opcode and its operand. */
const LENGTH = 5;

/** By which of the three bytes before began as a call: whether a call may begin here. */
const MAY_FOLLOW = [true, true, true, false, true, false, false, false];
/** By the same: which byte of the operand tells whether it was an address before. */
const DOUBTFUL_BYTE = [0, 1, 2, 2, 3, 3, 3, 3];

/**
 * Calls and jumps of x86 code (opcodes e8 and e9) were stored with absolute addresses, which repeat
 * more often than relative ones (xz file format 1.2, 5.3.2; x86_code() of xz).
 */
export class X86 implements Filter {
  /** Held back: what may be a call that goes on. */
  private rest = new Uint8Array();
  /** Which of the bytes before looked like opcodes, and like the top of an address. */
  private mask = 0;
  /** Where the last opcode was. */
  private last: number;

  /** @param position of the next byte in the code, modulo 2^32. */
  constructor(private position: number) {
    this.last = (position - LENGTH) >>> 0;
  }

  undo(bytes: Uint8Array, isLast: boolean): Uint8Array {
    const all = new Uint8Array(this.rest.length + bytes.length);
    all.set(this.rest);
    all.set(bytes, this.rest.length);
    const done = this.convert(all);
    const end = isLast ? all.length : done;
    this.position = (this.position + end) >>> 0;
    this.rest = all.slice(end);
    return all.subarray(0, end);
  }

  /** @returns how many bytes are done. */
  private convert(bytes: Uint8Array): number {
    if (bytes.length < LENGTH) return 0;
    if ((this.position - this.last) >>> 0 > LENGTH) this.last = (this.position - LENGTH) >>> 0;
    let at = 0;
    while (at <= bytes.length - LENGTH) {
      const opcode = bytes[at] ?? 0;
      if (opcode !== 0xe8 && opcode !== 0xe9) {
        at += 1;
        continue;
      }
      const here = (this.position + at) >>> 0;
      const since = (here - this.last) >>> 0;
      this.last = here;
      if (since > LENGTH) this.mask = 0;
      else for (let i = 0; i < since; i++) this.mask = (this.mask & 0x77) << 1;
      const top = bytes[at + 4] ?? 0;
      const before = this.mask >> 1;
      if (isTop(top) && MAY_FOLLOW[before & 7] && before < 0x10) {
        this.store(bytes, at + 1, this.relative(bytes, at + 1, (here + LENGTH) >>> 0));
        at += LENGTH;
        this.mask = 0;
      } else {
        at += 1;
        this.mask |= isTop(top) ? 0x11 : 1;
      }
    }
    return at;
  }

  private relative(bytes: Uint8Array, at: number, behind: number): number {
    const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = bytes.subarray(at, at + 4);
    let address = b0 | (b1 << 8) | (b2 << 16) | (b3 << 24);
    for (;;) {
      const target = (address - behind) | 0;
      if (this.mask === 0) return target;
      const shift = (DOUBTFUL_BYTE[this.mask >> 1] ?? 0) * 8;
      if (!isTop((target >>> (24 - shift)) & 255)) return target;
      address = target ^ (shift === 0 ? -1 : (1 << (32 - shift)) - 1);
    }
  }

  /** The top byte is made of the bit below it: such an operand is within 16 MiB. */
  private store(bytes: Uint8Array, at: number, operand: number): void {
    bytes[at] = operand;
    bytes[at + 1] = operand >> 8;
    bytes[at + 2] = operand >> 16;
    bytes[at + 3] = (operand >> 24) & 1 ? 0xff : 0;
  }
}

const isTop = (byte: number) => byte === 0 || byte === 0xff;
