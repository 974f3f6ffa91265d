/** The other half of 61578dcd: how alloc_area() unwinds, and what free_area() then frees again. */

/** Before the patch; as the patch left it (Linux still has it so); with the two NULLs that cure it. */
export const ALLOC_VARIANTS = ["before", "patched", "cured"] as const;
export type AllocVariant = (typeof ALLOC_VARIANTS)[number];

/** In the order alloc_area() makes them. */
export const ALLOC_BUFFERS = ["area", "zero_area", "header_area"] as const;
export type AllocBuffer = (typeof ALLOC_BUFFERS)[number];

export type AllocEventKind =
  | "alloc"
  | "alloc-fails"
  /** The ladder's vfree(), and the NULL that the cure puts behind it. */
  | "ladder-free"
  | "ladder-null"
  /** free_area()'s vfree(): of live memory, of NULL (harmless), of memory freed before. */
  | "free"
  | "free-null"
  | "free-again";

export interface AllocEvent {
  kind: AllocEventKind;
  buffer: AllocBuffer;
}

/** What comes of one failed allocation. */
export interface AllocFailure {
  variant: AllocVariant;
  failing: AllocBuffer;
  /** False where this variant does not make the buffer: before the patch there is no header_area. */
  fails: boolean;
  /** Everything that happens, in order. */
  events: AllocEvent[];
  /** Freed by the ladder, in its order. */
  ladder: AllocBuffer[];
  /** Pointers that still stand after it, with nothing behind them. */
  standing: AllocBuffer[];
  /** Freed a second time by free_area(), under persistent_dtr(). */
  freedAgain: AllocBuffer[];
}
