import type { ChunkKind } from "../../protocol/map.ts";

/** How a kind is called, and the letter that stands for it wherever colour cannot be told. */
export const KIND_WORDS: Record<ChunkKind, { name: string; letter: string; means: string }> = {
  header: { name: "header", letter: "H", means: "chunk 0" },
  metadata: { name: "metadata", letter: "M", means: "an area of exceptions" },
  data: { name: "data", letter: "D", means: "one exception names it" },
  crossed: {
    name: "cross-linked",
    letter: "X",
    means: "two exceptions name it, or one names header or metadata",
  },
  lost: {
    name: "hole",
    letter: "L",
    means: "below the last chunk in use, and no exception names it",
  },
  free: { name: "free", letter: "", means: "not used yet" },
  beyond: {
    name: "beyond the end",
    letter: "E",
    means: "the device ends in it or before it, though the table needs it",
  },
};

/** The mark of a cell in which a finding lies. */
export const FOUND = {
  name: "hit by a finding",
  letter: "!",
  means: "a finding lies in these bytes",
} as const;
