import type { Rng } from "../random.ts";

/** One reader of bytes that somebody else wrote. */
export interface FuzzTarget {
  name: string;
  /**
   * One execution: makes a hostile input of `rng` and has it read.
   * @returns how that ended, in few words, for the tally. @throws where it ended as nothing may:
   * any error but those that are turned into problems, or an answer that an oracle contradicts.
   */
  run(rng: Rng): Promise<string>;
}
