import type { BlockSource } from "../../source/block-source.ts";
import { KeptPages } from "../../source/kept-pages.ts";
import type { Peers } from "../wrapper.ts";
import { Checkpoints } from "./checkpoints.ts";
import { KeptTail } from "./kept-tail.ts";
import { type Remark, StreamDamage, type StreamFormat } from "./stream-format.ts";

/** Of each kind, so many remarks are kept. */
const REMARKS = 10;

/** How much memory one stream may take, in bytes. */
export interface StreamBudget {
  /** Of unpacked bytes, from the beginning on. */
  kept: number;
  /** Checkpoints; each of gzip's may take 32 KiB. */
  checkpoints: number;
  /** Of unpacked bytes that were read last, behind those that are kept. */
  cached: number;
}

/** What one pass over all of a stream leaves. */
export interface Swept<Place> {
  /** How many bytes could be unpacked. */
  size: number;
  kept: KeptPages;
  tail: KeptTail;
  checkpoints: Checkpoints<Place>;
  remarks: Remark[];
  /** Why it was not all; null: it was. */
  damage: StreamDamage | null;
}

/**
 * Unpacks a stream once, to its end or as far as it goes. Memory is bounded whatever it unpacks to;
 * time is as long as the stream. @throws SourceError; what `pause` throws, which is called after each
 * run: packed bytes that were read at once may unpack to gigabytes.
 */
export async function sweep<Place>(
  format: StreamFormat<Place>,
  source: BlockSource,
  budget: StreamBudget,
  pause: Peers["pause"],
): Promise<Swept<Place>> {
  const kept = new KeptPages(budget.kept);
  const tail = new KeptTail();
  const checkpoints = new Checkpoints<Place>(budget.checkpoints);
  const remarks: Remark[] = [];
  const counts = new Map<string, number>();
  const unpacker = format.unpack(
    source,
    { at: 0, place: null },
    {
      checkpoint: (at, place) => checkpoints.offer(at, place),
      remark: (remark) => {
        const count = counts.get(remark.code) ?? 0;
        counts.set(remark.code, count + 1);
        if (count < REMARKS) remarks.push(remark);
      },
    },
  );
  let size = 0;
  let damage: StreamDamage | null = null;
  try {
    for (let run = await unpacker.next(); run; run = await unpacker.next()) {
      kept.add(run);
      tail.add(run);
      size += run.length;
      await pause?.();
    }
  } catch (error) {
    if (!(error instanceof StreamDamage)) throw error;
    damage = error;
  }
  return { size, kept, tail, checkpoints, remarks, damage };
}
