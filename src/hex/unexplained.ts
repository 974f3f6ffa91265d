import type { ChunkBytes } from "../protocol/store-service.ts";
import type { Span } from "./span.ts";

/** Zeros between two bytes that still count as one run: numbers are mostly zeros. */
const JOINED_GAP = 16;

/**
 * The bytes of a chunk that no field explains, as runs. The kernel leaves zeros there, so every
 * other byte has come from somewhere else.
 */
export function unexplainedRuns(chunk: ChunkBytes, explained: Span): Span[] {
  const base = Number(chunk.offset);
  const { bytes } = chunk;
  const runs: Span[] = [];
  let run: Span | null = null;
  for (let at = Math.max(0, explained.end - base); at < bytes.length; at += 1) {
    if (bytes[at] === 0) continue;
    const offset = base + at;
    if (run !== null && offset - run.end < JOINED_GAP) {
      run.end = offset + 1;
    } else {
      run = { start: offset, end: offset + 1 };
      runs.push(run);
    }
  }
  return runs;
}
