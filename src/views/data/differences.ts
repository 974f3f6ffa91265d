import type { ByteMarks } from "../../hex/marks.ts";
import type { ChunkBytes } from "../../protocol/store-service.ts";

/** Bytes of two chunks that differ: runs of positions within the chunk, [start, end). */
export interface Difference {
  start: number;
  end: number;
}

/** Where both have a byte, and not the same. */
export function differencesOf(one: ChunkBytes, other: ChunkBytes): Difference[] {
  const runs: Difference[] = [];
  const length = Math.min(one.bytes.length, other.bytes.length);
  for (let at = 0; at < length; at += 1) {
    if (one.bytes[at] === other.bytes[at]) continue;
    const last = runs.at(-1);
    if (last?.end === at) last.end += 1;
    else runs.push({ start: at, end: at + 1 });
  }
  return runs;
}

/** The same for the grid of one of them, whose offsets count from the start of its device. */
export function marksOf(chunk: ChunkBytes, other: ChunkBytes | null): ByteMarks {
  const base = Number(chunk.offset);
  return {
    at(offset) {
      const byte = other?.bytes[offset - base];
      return byte !== undefined && byte !== chunk.bytes[offset - base] ? "differs" : null;
    },
  };
}
