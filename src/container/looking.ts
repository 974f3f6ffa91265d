import type { BlockSource } from "../source/block-source.ts";
import type { Wrapper } from "./wrapper.ts";

/** A file of the machine, by the name that others may refer to it by. */
export interface NamedSource {
  name: string;
  source: BlockSource;
  /** Whether bytes of it may be missing; absent: none is. */
  mayLack?: boolean;
}

/** How a machine is looked into. */
export interface Looking {
  wrappers: readonly Wrapper[];
  /** Whether a COW store begins there: only the core knows. @throws SourceError */
  isStore(source: BlockSource): Promise<boolean>;
  /** A file that is looked into only where one of the disks asks for it by name. */
  beside?(name: string): Promise<BlockSource | null>;
  /** Whether to read what is cut off or incomplete as far as it is there. */
  partial: boolean;
  /** Lets others work while a stream is gone through; throws where nobody waits for it any more. */
  pause?(): Promise<void>;
}

/** Layers in layers: a volume in a guest's disk in a qcow2 in a volume has seven. */
export const MOST_DEPTH = 16;
/** Partitions and volumes looked into: what says that it has more is hostile. */
export const MOST_LAYERS = 4096;
