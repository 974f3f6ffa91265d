import type { ChunkSizeGuess } from "../../protocol/facts.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { type Core, toWindow } from "../core.ts";

export const PLAUSIBLE = 0.5;
/** How much of an area, and of chunk 0, is looked at, in bytes. */
const PROBE_BYTES = 1 << 16;
/** Largest chunk that is tried: 2^21 sectors, the most the kernel accepts. */
const MAX_SHIFT = 21;

/**
 * Ranks every power of two by how well the bytes fit it: terminator, bounds, first allocations,
 * stride, and how densely the device is used. For display and for telling a damaged store from
 * something else; the kernel's verdict never uses it. Leaves the core without a chunk size.
 * @throws SourceError
 */
export async function rankChunkSizes(core: Core, source: BlockSource): Promise<ChunkSizeGuess[]> {
  const probe = new Probe(core, source);
  const guesses: ChunkSizeGuess[] = [];
  for (let shift = 0; shift <= MAX_SHIFT; shift++) {
    const sectors = 2 ** shift;
    if (source.size < sectors * 2 * 512) break;
    guesses.push(await probe.guess(sectors));
  }
  return guesses.sort((a, b) => b.score - a.score || b.entries - a.entries);
}

class Probe {
  private start: Uint8Array | null = null;

  constructor(
    private readonly core: Core,
    private readonly source: BlockSource,
  ) {}

  async guess(sectors: number): Promise<ChunkSizeGuess> {
    const { core, source } = this;
    core.set_store_chunk_size(sectors);
    const chunkBytes = sectors * 512;
    const perArea = core.get_per_area();
    await this.lookAtHeaderChunk(Math.min(chunkBytes, PROBE_BYTES));
    const highest = core.get_stray_highest();
    const headerChunkFits = core.get_stray_only();
    const dataFollows = await this.hasData(chunkBytes * 2);
    const isHeader = holdsHeader(core, await this.lookAtArea(0n, sectors), sectors);
    const guess: ChunkSizeGuess = {
      sectors,
      score: 0,
      entries: core.get_probed_entries(),
      sane: core.get_probed_sane(),
      inOrder: core.get_probed_in_order(),
      ended: core.get_probed_ended(),
      cleanTail: core.get_probed_clean_tail(),
      nextAreaFits: null,
      headerChunkFits,
      dataFollows,
      strayFillsDevice: highest === 0n ? null : highest + 1n === core.get_cow_chunks(),
    };
    const next = Number(core.area_location(1n, perArea) + 1n) * chunkBytes;
    if (guess.entries === perArea && source.size >= next) {
      await this.lookAtArea(1n, sectors);
      guess.nextAreaFits = core.get_probed_entries() === core.get_probed_sane();
    }
    guess.score = isHeader ? HEADER_IN_AREA : score(guess);
    return guess;
  }

  private async lookAtHeaderChunk(length: number): Promise<void> {
    this.start ??= await this.source.read([
      { offset: 0, length: Math.min(PROBE_BYTES, this.source.size) },
    ]);
    const bytes = this.start.subarray(0, length);
    this.core.look_at_header_chunk(toWindow(this.core, bytes), bytes.length);
  }

  private async lookAtArea(area: bigint, sectors: number): Promise<Uint8Array> {
    const { core } = this;
    const chunk = core.area_location(area, core.get_per_area());
    const offset = Number(chunk) * sectors * 512;
    const length = Math.min(sectors * 512, PROBE_BYTES);
    const bytes = await this.source.read([{ offset, length }]);
    core.probe_area(toWindow(core, bytes), length, sectors, chunk + 1n);
    return bytes;
  }

  private async hasData(offset: number): Promise<boolean> {
    const length = Math.min(512, this.source.size - offset);
    if (length <= 0) return false;
    const bytes = await this.source.read([{ offset, length }]);
    return bytes.some((byte) => byte !== 0);
  }
}

/** More than any area can score whose entries are not all in order. */
const HEADER_IN_AREA = 0.95;

/**
 * Whether area 0 is the header that an invalidation built in the shared buffer (RACE.md): it names
 * this very chunk size, and lies where only this chunk size puts an area.
 */
function holdsHeader(core: Core, area: Uint8Array, sectors: number): boolean {
  if (area.length < core.HEADER_BYTES.value) return false;
  const header = new DataView(area.buffer, area.byteOffset);
  return (
    header.getUint32(core.HEADER_MAGIC.value, true) === core.SNAP_MAGIC.value >>> 0 &&
    header.getUint32(core.HEADER_VALID.value, true) === 0 &&
    header.getUint32(core.HEADER_VERSION.value, true) === 1 &&
    header.getUint32(core.HEADER_CHUNK_SIZE.value, true) === sectors
  );
}

/**
 * Sane entries in area 0 carry it. Where it has none (the race strikes before they are committed)
 * what is left is the layout: a zeroed area between the header and the first data chunk, and an
 * overflowed device that ends with the last chunk an entry in chunk 0 names.
 */
function score(guess: ChunkSizeGuess): number {
  if (guess.entries === 0) {
    if (!guess.cleanTail || guess.strayFillsDevice === null) {
      return 0.05 + (guess.cleanTail && guess.dataFollows && guess.headerChunkFits ? 0.25 : 0);
    }
    return (
      0.2 +
      (guess.strayFillsDevice ? 0.4 : 0) +
      (guess.dataFollows ? 0.2 : 0) +
      (guess.headerChunkFits ? 0.1 : 0)
    );
  }
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
  const bytes = toWindow(core, start.subarray(0, length));
  core.probe_area(bytes, length & ~15, 1, 2n);
  return core.get_probed_entries() > 0 && core.get_probed_in_order() === core.get_probed_entries();
}
