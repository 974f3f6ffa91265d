import type { TableRepair } from "../../protocol/repair.ts";

/** wasm/repair/slots.ts, in its order; null: nothing was done. */
export const FATES = [
  "empty",
  "kept",
  "masked",
  "restored",
  "reattached",
  "taken",
  "leftShared",
  "droppedHeader",
  "droppedOld",
  "droppedNew",
  "droppedShared",
  "droppedTwice",
  "droppedNoRoom",
] as const;

export type Fate = (typeof FATES)[number];

/** Those that are told of: all but what is as it was. */
export type Changed = Exclude<Fate, "empty" | "kept">;
export const isChanged = (fate: Fate): fate is Changed => fate !== "empty" && fate !== "kept";

/** Dropped exceptions whose old_chunk is known: the snapshot loses what it had of those. */
export const LOSES_ORIGIN: readonly Fate[] = ["droppedNew", "droppedShared", "droppedNoRoom"];

export type FateCounts = Pick<TableRepair, Changed>;
