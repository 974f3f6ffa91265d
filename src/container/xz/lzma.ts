import { copyMatch } from "../stream/copy-match.ts";
import type { History } from "../stream/history.ts";
import { LzmaError, RangeDecoder } from "./range-decoder.ts";

/** A match is no longer than that, in bytes. */
export const LONGEST_LZMA_MATCH = 273;

/** A symbol takes no more bytes of input. */
const LONGEST_SYMBOL = 32;

const STATES = 12;
const POSITIONS = 16;

/** Where the models of each kind of decision begin in `probs`. */
const IS_MATCH = 0;
const IS_REPEAT = IS_MATCH + STATES * POSITIONS;
const IS_FIRST = IS_REPEAT + STATES;
const IS_SECOND = IS_FIRST + STATES;
const IS_THIRD = IS_SECOND + STATES;
const IS_LONG = IS_THIRD + STATES;
const SLOTS = IS_LONG + STATES * POSITIONS;
const SPECIAL = SLOTS + 4 * 64;
const ALIGN = SPECIAL + 128;
/** Of a length: two choices, 8 lengths each for 16 positions, the same again, 256 long ones. */
const MIDDLE = 2 + POSITIONS * 8;
const HIGH = MIDDLE + POSITIONS * 8;
const LENGTH_MODELS = HIGH + 256;
const MATCH_LENGTH = ALIGN + 16;
const REPEAT_LENGTH = MATCH_LENGTH + LENGTH_MODELS;
const LITERALS = REPEAT_LENGTH + LENGTH_MODELS;

/** Stands for “the end” where a distance should be. */
const END = 0xffffffff;

/** A match reaches farther back than is kept here, though the format allows it. */
export class LzmaTooFarBack extends Error {}

/** How literals and positions are modelled: lc, lp and pb of LZMA. */
export interface LzmaProperties {
  literalContext: number;
  literalPosition: number;
  position: number;
}

/** One byte: (pb · 5 + lp) · 9 + lc. @returns null if it is none. */
export function lzmaProperties(byte: number): LzmaProperties | null {
  if (byte >= 225) return null;
  return {
    literalContext: byte % 9,
    literalPosition: Math.floor(byte / 9) % 5,
    position: Math.floor(byte / 45),
  };
}

/** Unpacks LZMA into `history`, of which the positions count from its `begin`. */
export class Lzma {
  readonly range = new RangeDecoder(LITERALS + (0x300 << 4));
  /** Whether an end mark was read. */
  isOver = false;
  private state = 0;
  private readonly repeats = new Uint32Array(4);
  private properties: LzmaProperties = { literalContext: 0, literalPosition: 0, position: 0 };

  /** @param dictionary how far back matches may reach, in bytes. */
  constructor(
    private readonly history: History,
    private readonly dictionary: number,
  ) {}

  /** As at the beginning; the properties stay unless there are new ones. */
  reset(properties = this.properties): void {
    this.properties = properties;
    this.state = 0;
    this.repeats.fill(0);
    this.isOver = false;
    const { literalContext, literalPosition } = properties;
    this.range.reset(LITERALS + (0x300 << (literalContext + literalPosition)));
  }

  /**
   * Unpacks until `count` bytes are written (a match may go beyond), an end mark, or the input at
   * hand does not hold another symbol. There must be room for them.
   * @param mayGoOn more input follows: then it ends well before the input does.
   * @throws LzmaError, LzmaTooFarBack
   */
  run(count: number, mayGoOn: boolean): void {
    const { history, range } = this;
    const { bytes: output } = history;
    const limit = history.put + count;
    const safe = mayGoOn ? range.end - LONGEST_SYMBOL : range.end;
    const base = history.total - history.put;
    const positions = (1 << this.properties.position) - 1;
    let { put } = history;
    try {
      while (put < limit && range.at <= safe && !this.isOver) {
        const position = (base + put) & positions;
        if (range.bit(IS_MATCH + this.state * POSITIONS + position) === 0) {
          const literal = this.literal(output, put, base + put);
          // Made of bytes that are not there: it is none.
          if (range.at > range.end) break;
          output[put++] = literal;
          continue;
        }
        const length = this.match(position);
        if (length === 0 || range.at > range.end) break;
        const distance = (this.repeats[0] ?? 0) + 1;
        if (distance > base + put || distance > this.dictionary) {
          throw new LzmaError("a match that reaches too far back");
        }
        if (distance > put - history.oldest) throw new LzmaTooFarBack();
        copyMatch(output, put, distance, length);
        put += length;
      }
    } finally {
      history.advance(put - history.put);
    }
  }

  private literal(output: Uint8Array, put: number, position: number): number {
    const { range, state, history } = this;
    const { literalContext, literalPosition } = this.properties;
    const before = put > history.oldest ? (output[put - 1] ?? 0) : 0;
    const context =
      ((position & ((1 << literalPosition) - 1)) << literalContext) +
      (before >> (8 - literalContext));
    const models = LITERALS + 0x300 * context;
    this.state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    if (state < 7) return range.tree(models, 8) & 0xff;
    // After a match, the byte that it would have gone on with tells what this one is not.
    const distance = (this.repeats[0] ?? 0) + 1;
    return range.matchedTree(models, output[put - distance] ?? 0);
  }

  /** @returns the length of a match, at distance `repeats[0]` + 1; 0 at the end mark. */
  private match(position: number): number {
    const { range, repeats, state } = this;
    const isEarly = state < 7;
    if (range.bit(IS_REPEAT + state) === 0) {
      repeats.copyWithin(1, 0, 3);
      this.state = isEarly ? 7 : 10;
      const length = this.length(MATCH_LENGTH, position);
      repeats[0] = this.distance(length);
      if (repeats[0] !== END) return length;
      this.isOver = true;
      return 0;
    }
    if (range.bit(IS_FIRST + state) === 0) {
      if (range.bit(IS_LONG + state * POSITIONS + position) === 0) {
        this.state = isEarly ? 9 : 11;
        return 1;
      }
    } else {
      const which =
        range.bit(IS_SECOND + state) === 0 ? 1 : range.bit(IS_THIRD + state) === 0 ? 2 : 3;
      const distance = repeats[which] ?? 0;
      repeats.copyWithin(1, 0, which);
      repeats[0] = distance;
    }
    this.state = isEarly ? 8 : 11;
    return this.length(REPEAT_LENGTH, position);
  }

  private length(models: number, position: number): number {
    const { range } = this;
    if (range.bit(models) === 0) return 2 + range.tree(models + 2 + position * 8, 3) - 8;
    if (range.bit(models + 1) === 0) {
      return 10 + range.tree(models + MIDDLE + position * 8, 3) - 8;
    }
    return 18 + range.tree(models + HIGH, 8) - 256;
  }

  private distance(length: number): number {
    const { range } = this;
    const slot = range.tree(SLOTS + 64 * Math.min(length - 2, 3), 6) - 64;
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) << bits;
    if (slot < 14) return high + range.reverseTree(SPECIAL + high - slot, bits);
    const middle = range.direct(bits - 4) << 4;
    return (high + middle + range.reverseTree(ALIGN, 4)) >>> 0;
  }
}
