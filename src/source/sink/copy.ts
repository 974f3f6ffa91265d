import type { BlockSource, Range } from "../block-source.ts";
import type { Sink } from "./sink.ts";

/** Bytes in memory at a time. */
const STEP = 4 << 20;

/**
 * Writes the whole of a source. The sink is ended in every case.
 * @param gaps in their order: zeros are written for them, and they are not read.
 * @throws SourceError, SinkError
 */
export async function copyTo(
  source: BlockSource,
  sink: Sink,
  gaps: readonly Range[] = [],
): Promise<void> {
  try {
    let at = 0;
    for (const gap of [...gaps, { offset: source.size, length: 0 }]) {
      while (at < gap.offset) {
        const length = Math.min(STEP, gap.offset - at);
        await sink.write(await source.read([{ offset: at, length }]));
        at += length;
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
