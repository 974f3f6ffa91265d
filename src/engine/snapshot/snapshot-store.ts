import type { StoreFacts } from "../../protocol/facts.ts";
import type { BlockSource } from "../../source/block-source.ts";
import type { Core } from "../core.ts";
import type { SnapshotMap } from "./snapshot-map.ts";

/** A checked store that a snapshot is read of. */
export interface SnapshotStore {
  name: string;
  facts: StoreFacts;
  cow: BlockSource;
  /** The core of the check if it kept the rows: the table is then not read once more. */
  rows: Core | null;
  /** The exceptions as they were loaded last, for the next time. */
  map?: SnapshotMap;
}

/** An origin, as it is named to people. */
export interface NamedOrigin {
  name: string;
  source: BlockSource;
}
