import type { SnapshotProgress } from "../../protocol/snapshot.ts";

export interface SnapshotHooks {
  /**
   * Called between batches, also while the exceptions are loaded; false cancels. Nothing else lets
   * go of the thread for certain: who wants to hear of a cancel waits for its event here.
   */
  afterBatch(progress: SnapshotProgress): boolean | Promise<boolean>;
}
