import { TooMuch } from "./invalid.ts";

/** Entries, extents and blocks of metadata in one walk: a file system of 30 million files has fewer. */
const MOST_STEPS = 1 << 27;
const LEAST_STEPS = 1 << 20;

/** Of one walk through a file system: what it holds takes four bytes a step at the very least. */
export const walkSteps = (bytes: number): number =>
  Math.min(MOST_STEPS, LEAST_STEPS + Math.floor(bytes / 4));

/** Of one file's map: each of its blocks once, and the blocks of the map. */
export const mapSteps = (blocks: number): number => Math.min(1 << 24, 4096 + 2 * blocks);

/** Bounds one walk, whatever the bytes say. */
export class Budget {
  constructor(
    private left: number,
    private readonly whole: Budget | null = null,
  ) {}

  /** A part of it, for one file. */
  part(steps: number): Budget {
    return new Budget(steps, this);
  }

  get spent(): boolean {
    return this.left < 0;
  }

  /** @throws TooMuch */
  spend(steps = 1): void {
    this.whole?.spend(steps);
    this.left -= steps;
    if (this.spent) throw new TooMuch("this takes more steps than a sound file system does");
  }
}
