import { checkToTheEnd } from "../src/engine/check/check.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { BlockSource, Range } from "../src/source/block-source.ts";
import { loadCore } from "../testing/check-bytes.ts";

/**
 * A table whose rows are more than WebAssembly can address (16 bytes each), read to its end with the
 * rows kept as the page does: what it says, the time it takes, and the memory.
 * node scripts/run-ts.mjs bench/large-table.ts [EXCEPTIONS]
 */
const EXCEPTIONS = Number(process.argv[2] ?? 281_804_800);
const CHUNK_BYTES = 4096;
const PER_AREA = CHUNK_BYTES / 16;
const AREAS = Math.ceil(EXCEPTIONS / PER_AREA);
/** Prime, so that runs of a whole area lie all over the origin, each once. */
const STRIDE = 611_953;

/** A COW device of a terabyte that lies nowhere: each area is made when it is read. */
class MadeUpStore implements BlockSource {
  readonly size = (1 + (AREAS + 1) * (PER_AREA + 1)) * CHUNK_BYTES;
  readonly counters = { bytes: 0, calls: 0 };

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(ranges.reduce((sum, { length }) => sum + length, 0));
    this.readNow(ranges, bytes);
    return bytes;
  }

  readNow(ranges: readonly Range[], target: Uint8Array): void {
    let at = 0;
    for (const { offset, length } of ranges) {
      const bytes = target.subarray(at, at + length).fill(0);
      if (offset === 0) {
        bytes.set(new Uint8Array(Uint32Array.of(0x70416e53, 1, 1, 8).buffer).subarray(0, length));
      }
      const area = (offset / CHUNK_BYTES - 1) / (PER_AREA + 1);
      if (Number.isInteger(area) && area < AREAS) this.makeArea(area, bytes);
      at += length;
      this.counters.bytes += length;
      this.counters.calls += 1;
    }
  }

  private makeArea(area: number, bytes: Uint8Array): void {
    const words = new Uint32Array(PER_AREA * 4);
    const before = area * PER_AREA;
    const entries = Math.min(PER_AREA, EXCEPTIONS - before);
    const old = ((area * STRIDE) % AREAS) * PER_AREA;
    for (let i = 0; i < entries; i++) {
      words[i * 4] = old + i;
      words[i * 4 + 2] = 2 + area * (PER_AREA + 1) + i;
    }
    bytes.set(new Uint8Array(words.buffer).subarray(0, bytes.length));
  }
}

const compiled = await loadCore();
const source = new MadeUpStore();
const start = performance.now();
const checked = await checkToTheEnd(compiled, source, DEFAULT_OPTIONS, true);
const seconds = (performance.now() - start) / 1000;
const { facts, core, rowsKept } = checked;
if (facts.exceptions !== BigInt(EXCEPTIONS)) throw new Error(`counted ${facts.exceptions}`);
const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
console.log(`${EXCEPTIONS} exceptions in ${facts.areasFull} full areas, ${mib(source.counters.bytes)} read
  outcome ${facts.activation.outcome}; findings ${[...facts.counts.keys()].join(", ") || "none"}
  rows ${rowsKept ? "kept" : "do not fit, and are left out"}
  ${seconds.toFixed(1)} s; the core addresses ${mib(core.memory.buffer.byteLength)}, the process took ${mib(process.resourceUsage().maxRSS * 1024)}`);
