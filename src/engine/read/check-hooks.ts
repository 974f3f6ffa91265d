import type { Progress } from "../../protocol/check.ts";
import type { StoreFacts } from "../../protocol/facts.ts";

export interface CheckHooks {
  /** Called between batches; false cancels. `soFar` makes the facts as they stand. */
  afterBatch(progress: Progress, soFar: () => StoreFacts): boolean;
  /** Whether the end of the table is looked for before all of it is read: some reads more. */
  looksAhead?: boolean;
}

/** Where nobody can cancel. */
export const GO_ON = { afterBatch: () => true };
