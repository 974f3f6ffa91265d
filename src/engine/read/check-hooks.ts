import type { Progress } from "../../protocol/check.ts";
import type { StoreFacts } from "../../protocol/facts.ts";

export interface CheckHooks {
  /** Called between batches; false cancels. `soFar` makes the facts as they stand. */
  afterBatch(progress: Progress, soFar: () => StoreFacts): boolean;
}

/** Where nobody can cancel. */
export const GO_ON = { afterBatch: () => true };
