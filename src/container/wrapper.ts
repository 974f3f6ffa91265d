import type { PackedStore } from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";

/** Something amiss with a container: what `find` lists, and why one cannot be opened. */
export interface ContainerProblem {
  /** "qcow2.encrypted": the kind of container, then what is wrong with it. Never renamed. */
  code: string;
  /** What is wrong, one sentence. */
  message: string;
  /** Which file or layer. */
  where: string;
  expected: string;
  found: string;
  /** What the person can do now. */
  todo: string;
}

/** The files handed over together: a disk image may be spread over several. */
export interface Peers {
  /**
   * The one of that name, whatever folder either lies in ("C:\vm\base.vmdk", "../base.qcow2"); null
   * if it was not handed over. Nothing is ever looked for outside of what was.
   */
  find(name: string): BlockSource | null | Promise<BlockSource | null>;
  /** Whether what is cut off or incomplete is to be read as far as it goes. */
  readonly partial: boolean;
  /** Lets others work while something takes long; throws where nobody waits for it any more. */
  readonly pause?: () => Promise<void>;
  /** What lies over a file that is opened as a backing file: none of it may come again below. */
  readonly overlays?: readonly BlockSource[];
}

/** What lies inside a container. */
export interface Unwrapped {
  source: BlockSource;
  /** What does not keep the bytes from being read. */
  problems: ContainerProblem[];
  /** The names of peers whose bytes it is made of besides the file itself. */
  peers: string[];
  /** It says of itself that it holds a store without its data, and nothing else. */
  packed?: PackedStore;
}

export type Opened = { ok: true; value: Unwrapped } | { ok: false; problem: ContainerProblem };

/** A file format around the bytes of a disk. */
export interface Wrapper {
  /** "qcow2", "gzip": a step of a store's path. */
  readonly kind: string;
  /** Whether it is this format, by the first and last 64 KiB of it (all of it where it is shorter). */
  matches(head: Uint8Array, tail: Uint8Array, size: number): boolean;
  /** @param where names the file or layer, for problems. */
  open(source: BlockSource, where: string, peers: Peers): Promise<Opened>;
}
