/** What was done to bytes before they were packed, undone. */
export interface Filter {
  /**
   * The bytes that come next, as they were; good until the next call. Some may be held back until
   * those behind them come. @param isLast nothing comes behind them.
   */
  undo(bytes: Uint8Array, isLast: boolean): Uint8Array;
}
