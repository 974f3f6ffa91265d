import { TooMuch } from "./invalid.ts";

/** Entries, extents and blocks of metadata in one walk: a file system of 30 million files has fewer. */
export const MOST_STEPS = 1 << 27;

/** Bounds one walk, whatever the bytes say. */
export class Budget {
  constructor(
    private left = MOST_STEPS,
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
