import type { BlockSource } from "../block-source.ts";
import type { Sink } from "./sink.ts";

/** Bytes in memory at a time. */
const STEP = 4 << 20;

/** Writes the whole of a source. The sink is ended in every case. @throws SourceError, SinkError */
export async function copyTo(source: BlockSource, sink: Sink): Promise<void> {
  try {
    for (let offset = 0; offset < source.size; offset += STEP) {
      const length = Math.min(STEP, source.size - offset);
      await sink.write(await source.read([{ offset, length }]));
    }
    source.assertUnchanged?.();
    await sink.finish();
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}
