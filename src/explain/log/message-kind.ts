import type { LogSaying } from "../../protocol/log.ts";

/** Gives the words for what a pattern caught; "" for a group that caught nothing. */
type Say = (...caught: string[]) => LogSaying;

/** One message that can stand in a log. */
export interface MessageKind {
  /** Never renamed. */
  id: string;
  /** Matches the message as `messageOf` leaves it. */
  pattern: RegExp;
  /**
   * `own`: nothing else on a machine prints this. `company`: others print it too, so it counts only
   * near a message of its own kind.
   */
  counts: "own" | "company";
  say: Say;
}

/** What the driver puts before its messages: none up to 2.6.17, then one of two words. */
export const SNAPSHOT = "device-mapper: (?:(?:persistent snapshot|snapshots): )?";
/** dm_table_add_target(): what a constructor complained of. Without the table up to 2.6.17. */
export const TABLE = "device-mapper: (?:table: \\d+:\\d+: (?:snapshot(?:-merge)?: )?)?";
/** The errno that newer kernels append (%pe). */
export const ERRNO = "(?: \\(-(E[A-Z]+)\\))?";
