import { copyMatch } from "../stream/copy-match.ts";
import type { PackedInput } from "../stream/packed-input.ts";
import { BitReader } from "./bit-reader.ts";
import { type BlockCodes, FIXED_CODES, LONGEST_CODES, readCodes } from "./block-codes.ts";
import { DISTANCE_BITS, DISTANCES, LENGTH_BITS, LENGTHS } from "./matches.ts";

/** How far back a match may reach, in bytes (RFC 1951). */
const WINDOW = 32 << 10;
/** Unpacked between two deliveries, in bytes. */
const RUN = 256 << 10;
const LONGEST_MATCH = 258;
/** The window, then what is unpacked and not yet delivered. */
export const OUTPUT_BYTES = WINDOW + RUN + LONGEST_MATCH;
/** Bytes of input that one symbol may take from the input: 48 bits, and those taken ahead. */
const LONGEST_SYMBOL = 16;

/** Why `run` came back: `full`: as much is unpacked as is delivered at once. */
export type Stop = "full" | "block" | "end";

/** Where in a deflate stream unpacking can begin: before a block. */
export interface BlockStart {
  /** In bits of the file. */
  bit: number;
  /** What was unpacked last before it, as far as a match may reach back. */
  window: Uint8Array;
}

/**
 * One deflate stream (RFC 1951), unpacked forward. Runs of one byte, most of any sparse disk, go by
 * at the speed of memory.
 */
export class Inflate {
  readonly reader: BitReader;
  /** In `output`, behind the window: what is unpacked and not yet delivered, to before `put`. */
  private start = WINDOW;
  private put = WINDOW;
  /** Where what a match may reach begins. */
  private oldest = WINDOW;
  private codes: BlockCodes | null = null;
  /** What is left of a stored block, in bytes. */
  private stored = 0;
  private isFinal = false;

  /** @param output what it unpacks into: OUTPUT_BYTES. */
  constructor(
    input: PackedInput,
    private readonly output = new Uint8Array(OUTPUT_BYTES),
  ) {
    this.reader = new BitReader(input);
  }

  /** Unpacked and not yet delivered, in bytes. */
  get pending(): number {
    return this.put - this.start;
  }

  /** Whether the block it is in, or has just ended, is the last one. */
  get isLast(): boolean {
    return this.isFinal;
  }

  /** A new stream: matches reach back to here and no farther. */
  begin(): void {
    this.oldest = this.put;
    this.isFinal = false;
    this.codes = null;
    this.stored = 0;
  }

  /** Goes on in the middle of a stream; the input must begin at the byte of `bit`. */
  async resume({ bit, window }: BlockStart): Promise<void> {
    this.output.set(window, this.put - window.length);
    this.oldest = this.put - window.length;
    await this.reader.input.want(1);
    this.reader.bits(bit % 8);
  }

  /** Where it stands, between two blocks. */
  blockStart(): BlockStart {
    const from = Math.max(this.oldest, this.put - WINDOW);
    return { bit: this.reader.offset, window: this.output.slice(from, this.put) };
  }

  /** What was unpacked since the last delivery; good until the next `run`. */
  deliver(): Uint8Array {
    const delivered = this.output.subarray(this.start, this.put);
    this.start = this.put;
    return delivered;
  }

  /** @throws StreamDamage, SourceError: what was unpacked before is still there to be delivered. */
  async run(): Promise<Stop> {
    if (this.pending === 0) this.makeRoom();
    for (;;) {
      await this.reader.input.want(this.wanted());
      const stop = this.step();
      if (stop) return stop;
    }
  }

  /** The same at once, where all of the input is at hand. @throws StreamDamage */
  runNow(): Stop {
    if (this.pending === 0) this.makeRoom();
    for (;;) {
      const stop = this.step();
      if (stop) return stop;
    }
  }

  /** How much input the next step may need at hand, in bytes. */
  private wanted(): number {
    if (this.pending >= RUN) return 0;
    if (this.stored > 0) return 1;
    if (this.codes) return LONGEST_SYMBOL;
    return this.isFinal ? 0 : LONGEST_CODES;
  }

  private step(): Stop | null {
    if (this.pending >= RUN) return "full";
    if (this.stored > 0) {
      this.copyStored();
      return this.stored === 0 ? this.endBlock() : null;
    }
    if (this.codes) return this.decode(this.codes) ? this.endBlock() : null;
    if (this.isFinal) {
      this.reader.align();
      return "end";
    }
    return this.beginBlock() ? this.endBlock() : null;
  }

  private endBlock(): Stop {
    this.codes = null;
    return "block";
  }

  private makeRoom(): void {
    const kept = Math.min(WINDOW, this.put - this.oldest);
    this.output.copyWithin(WINDOW - kept, this.put - kept, this.put);
    this.oldest = WINDOW - kept;
    this.start = WINDOW;
    this.put = WINDOW;
  }

  /** @returns whether it is over already: a stored block may be empty. */
  private beginBlock(): boolean {
    const { reader } = this;
    this.isFinal = reader.bits(1) === 1;
    switch (reader.bits(2)) {
      case 0: {
        reader.align();
        const length = reader.bits(16);
        if ((length ^ 0xffff) !== reader.bits(16)) throw reader.damaged("a block's length");
        this.stored = length;
        return length === 0;
      }
      case 1:
        this.codes = FIXED_CODES;
        return false;
      case 2:
        this.codes = readCodes(reader);
        return false;
      default:
        throw reader.damaged("a block of no kind");
    }
  }

  private copyStored(): void {
    const { reader } = this;
    reader.align();
    if (reader.input.left === 0) throw reader.cut();
    const room = WINDOW + RUN - this.put + LONGEST_MATCH;
    const length = Math.min(this.stored, reader.input.left, room);
    this.output.set(reader.input.take(length), this.put);
    this.put += length;
    this.stored -= length;
  }

  /**
   * Symbols, until the input at hand might not hold another, or enough is unpacked.
   * @returns whether the block is over.
   */
  private decode({ literals, distances }: BlockCodes): boolean {
    const { reader, output, oldest } = this;
    const { input } = reader;
    const { bytes, isLast } = input;
    const length = bytes.length;
    // Past the last byte zeros are read: what was made of them is found out before it is used.
    const safe = isLast ? Number.POSITIVE_INFINITY : length - LONGEST_SYMBOL;
    const full = WINDOW + RUN;
    const literalEntries = literals.entries;
    const literalMask = (1 << literals.bits) - 1;
    const distanceEntries = distances.entries;
    const distanceMask = (1 << distances.bits) - 1;
    let { at } = input;
    let { hold, held } = reader;
    let { put } = this;
    let over = false;
    let failed: "cut" | "match" | null = null;
    while (at <= safe && put < full) {
      while (held <= 24) {
        hold |= (bytes[at++] ?? 0) << held;
        held += 8;
      }
      const entry = literalEntries[hold & literalMask] ?? 0;
      const symbol = entry >> 4;
      hold >>>= entry & 15;
      held -= entry & 15;
      if (symbol < 256 && entry !== 0) {
        if (at > length && at * 8 - held > length * 8) {
          failed = "cut";
          break;
        }
        output[put++] = symbol;
        continue;
      }
      let run = 0;
      let distance = 0;
      if (symbol > 256) {
        const extra = LENGTH_BITS[symbol - 257] ?? 0;
        run = (LENGTHS[symbol - 257] ?? 0) + (hold & ((1 << extra) - 1));
        hold >>>= extra;
        held -= extra;
        while (held <= 24) {
          hold |= (bytes[at++] ?? 0) << held;
          held += 8;
        }
        const far = distanceEntries[hold & distanceMask] ?? 0;
        hold >>>= far & 15;
        held -= far & 15;
        while (held <= 24) {
          hold |= (bytes[at++] ?? 0) << held;
          held += 8;
        }
        if (far !== 0) {
          const more = DISTANCE_BITS[far >> 4] ?? 0;
          distance = (DISTANCES[far >> 4] ?? 0) + (hold & ((1 << more) - 1));
          hold >>>= more;
          held -= more;
        }
      }
      if (at > length && at * 8 - held > length * 8) {
        failed = "cut";
        break;
      }
      if (entry !== 0 && symbol === 256) {
        over = true;
        break;
      }
      if (run === 0 || distance === 0 || distance > put - oldest) {
        failed = "match";
        break;
      }
      copyMatch(output, put, distance, run);
      put += run;
    }
    input.at = at;
    reader.hold = hold;
    reader.held = held;
    this.put = put;
    if (failed === "cut") throw reader.cut();
    if (failed === "match") throw reader.damaged("a match that cannot be");
    // Bytes that were never there are no part of what is held.
    this.giveBack();
    return over;
  }

  /** Whole bytes taken ahead go back to the input, which may be about to grow. */
  private giveBack(): void {
    const { reader } = this;
    const whole = reader.held >> 3;
    reader.input.at -= whole;
    reader.held -= whole * 8;
    reader.hold &= (1 << reader.held) - 1;
  }
}
