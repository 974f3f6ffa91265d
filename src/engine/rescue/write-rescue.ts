import type { BlockSource } from "../../source/block-source.ts";
import type { Sink } from "../../source/sink/sink.ts";
import { type Rescued, rescuePieces } from "./rescue-map.ts";
import { originBytes } from "./rescue-report.ts";

/** Bytes in memory at a time. */
const STEP = 4 << 20;

/**
 * Writes what is known as an image of the origin, zeros everywhere else: holes, where the sink can.
 * The sink is ended in every case. @param store that was planned for. @param bytes of the image.
 * @throws SourceError, SinkError
 */
export async function writeRescue(
  store: BlockSource,
  rescued: Rescued,
  bytes: number,
  sink: Sink & Required<Pick<Sink, "skip">>,
): Promise<void> {
  try {
    let at = 0;
    for (const { is, offset, length, storeOffset } of rescuePieces(rescued, originBytes(rescued))) {
      if (is !== "known") continue;
      await sink.skip(offset - at);
      for (let done = 0; done < length; done += STEP) {
        const range = { offset: storeOffset + done, length: Math.min(STEP, length - done) };
        await sink.write(await store.read([range]));
      }
      at = offset + length;
    }
    await sink.skip(bytes - at);
    store.assertUnchanged?.();
    await sink.finish();
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}
