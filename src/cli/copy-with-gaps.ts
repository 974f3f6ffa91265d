import { whereabouts } from "../container/whereabouts.ts";
import type { BlockSource } from "../source/block-source.ts";
import type { Sink } from "../source/sink/sink.ts";

/** Bytes in memory at a time. */
const STEP = 4 << 20;

/** A run of a source that nobody holds, in bytes. */
export interface Gap {
  offset: number;
  length: number;
  why: string;
}

/** @throws SourceError */
export async function gapsOf(source: BlockSource): Promise<Gap[]> {
  const gaps: Gap[] = [];
  let offset = 0;
  for await (const piece of whereabouts(source, [])) {
    const { length } = piece;
    if (piece.in === "hole") gaps.push({ offset, length, why: piece.why });
    offset += length;
  }
  return gaps;
}

/**
 * Writes the whole of a source, with zeros for what nobody holds. The sink is ended in every case.
 * @throws SourceError, SinkError
 */
export async function copyWithGaps(
  source: BlockSource,
  gaps: readonly Gap[],
  sink: Sink,
): Promise<void> {
  try {
    let at = 0;
    for (const gap of [...gaps, { offset: source.size, length: 0 }]) {
      for (; at < gap.offset; at += Math.min(STEP, gap.offset - at)) {
        await sink.write(
          await source.read([{ offset: at, length: Math.min(STEP, gap.offset - at) }]),
        );
      }
      for (let left = gap.length; left > 0; left -= STEP) {
        await sink.write(new Uint8Array(Math.min(STEP, left)));
      }
      at = gap.offset + gap.length;
    }
    source.assertUnchanged?.();
    await sink.finish();
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}
