import type { BlockSource } from "../source/block-source.ts";
import { type Core, putBytes } from "./core.ts";

/** One chunk size (sectors) and how well the bytes fit it. */
export interface ChunkSizeGuess {
  sectors: number;
  /** 0 to 1; above PLAUSIBLE the bytes are a metadata area by any reading. */
  score: number;
  entries: number;
  sane: number;
  inOrder: number;
  /** Whether the table ends in area 0, with only zeros behind its end. */
  ended: boolean;
  cleanTail: boolean;
  /** Whether area 1 begins where this chunk size puts it; null if area 0 is not full. */
  nextAreaFits: boolean | null;
}

export const PLAUSIBLE = 0.5;
/** How much of an area is looked at, in bytes. */
const PROBE_BYTES = 1 << 16;
const MAX_SHIFT = 21;

/**
 * Ranks every power of two by how much the bytes at its area 0 look like one: bounds, first
 * allocations, terminator, and whether area 1 follows where its stride says. For display and for
 * telling a damaged store from something else; the kernel's verdict never uses it.
 * @throws SourceError
 */
export async function rankChunkSizes(core: Core, source: BlockSource): Promise<ChunkSizeGuess[]> {
  const buffer = core.reserve(PROBE_BYTES);
  const guesses: ChunkSizeGuess[] = [];
  for (let shift = 0; shift <= MAX_SHIFT; shift++) {
    const sectors = 2 ** shift;
    if (source.size < sectors * 2 * 512) break;
    guesses.push(await probe(core, source, buffer, sectors));
  }
  return guesses.sort((a, b) => b.score - a.score || b.entries - a.entries);
}

async function probe(
  core: Core,
  source: BlockSource,
  buffer: number,
  sectors: number,
): Promise<ChunkSizeGuess> {
  const chunkBytes = sectors * 512;
  const length = Math.min(chunkBytes, PROBE_BYTES);
  const perArea = core.exceptions_per_area(sectors);
  const at = (area: bigint): number => Number(core.area_location(area, perArea)) * chunkBytes;

  const look = async (area: bigint): Promise<void> => {
    putBytes(core, buffer, await source.read([{ offset: at(area), length }]));
    core.probe_area(buffer, length, sectors, core.area_location(area, perArea) + 1n);
  };
  await look(0n);
  const guess: ChunkSizeGuess = {
    sectors,
    score: 0,
    entries: core.get_probed_entries(),
    sane: core.get_probed_sane(),
    inOrder: core.get_probed_in_order(),
    ended: core.get_probed_ended(),
    cleanTail: core.get_probed_clean_tail(),
    nextAreaFits: null,
  };
  if (guess.entries === perArea && source.size >= at(1n) + chunkBytes) {
    await look(1n);
    guess.nextAreaFits = core.get_probed_entries() === core.get_probed_sane();
  }
  guess.score = score(guess);
  return guess;
}

/** Sane entries carry it; order, a clean end and a fitting area 1 confirm it. */
function score(guess: ChunkSizeGuess): number {
  if (guess.sane === 0) return 0;
  const sane = guess.sane / guess.entries;
  const order = guess.inOrder / guess.entries;
  const tail = guess.ended ? Number(guess.cleanTail) : guess.nextAreaFits === false ? 0 : 0.5;
  // One or two entries may be chance; four in a row are not.
  const weight = Math.min(1, guess.sane / 4);
  return (0.5 * sane * sane + 0.35 * order + 0.15 * tail) * (0.6 + 0.4 * weight);
}

/**
 * Whether chunk 0 itself begins like a metadata area: the header replaced by exceptions.
 * @param start the image's first bytes.
 */
export function startsWithExceptions(core: Core, start: Uint8Array): boolean {
  const length = Math.min(start.length, 512);
  const buffer = core.reserve(length);
  putBytes(core, buffer, start.subarray(0, length));
  core.probe_area(buffer, length & ~15, 1, 2n);
  return core.get_probed_entries() > 0 && core.get_probed_in_order() === core.get_probed_entries();
}
