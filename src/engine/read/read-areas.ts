import { type BlockSource, type Range, totalLength } from "../../source/block-source.ts";
import { type Core, putBytes } from "../core.ts";

/** Pieces in the successive batches; from the last size on two batches are in flight. */
const BATCH_PIECES = [1, 16, 64, 256, 512] as const;
/** Bytes in one batch, unless a single piece is longer. */
const BATCH_BYTES = 1 << 21;

interface Batch {
  first: number;
  ranges: Range[];
  /** On its way already, where the source cannot read at once. */
  bytes: Promise<Uint8Array> | null;
}

/** What has to be known of this table does not fit into the core's memory. */
export class TableTooLarge extends Error {
  override readonly name = "TableTooLarge";

  constructor(readonly exceptions: bigint) {
    super(`no memory after ${exceptions} exceptions`);
  }
}

export interface AreasRead {
  /** The table goes on in an area that is not wholly on the device. */
  beyondDevice: boolean;
  cancelled: boolean;
}

/**
 * Feeds the metadata areas to the core until one is not full (read_exceptions() in
 * dm-snap-persistent.c). Only areas are read, in growing batches, so a short table costs one small
 * read and a long one few large ones; what is read past the end stays below two batches of 512
 * areas.
 * @param keep keeps the areas in the core's memory, for rows to be looked at, as long as they fit.
 * @param afterBatch is called between batches, with whether the table ended; false cancels.
 * @throws SourceError, TableTooLarge
 */
export async function readAreas(
  core: Core,
  source: BlockSource,
  keep: boolean,
  afterBatch: (ended: boolean) => boolean | Promise<boolean>,
): Promise<AreasRead> {
  const reader = new BatchReader(core, source);
  let keeping = keep;
  for (;;) {
    const batch = reader.next();
    if (!batch) {
      core.area_beyond_device();
      return { beyondDevice: true, cancelled: false };
    }
    const length = totalLength(batch.ranges);
    // 0: the rows do not fit, and the check goes on without them.
    const rows = keeping ? core.reserve_rows(length) : 0;
    keeping = rows !== 0;
    const bytes = batch.bytes === null ? null : await batch.bytes;
    // Not before: the window is everybody's whenever somebody waits.
    const at = keeping ? rows : core.window_pointer(length);
    if (bytes) putBytes(core, at, bytes);
    else source.readNow?.(batch.ranges, new Uint8Array(core.memory.buffer, at, length));
    const ended = core.take_pieces(at, batch.first, batch.ranges.length, keeping);
    if (core.get_out_of_memory()) throw new TableTooLarge(core.get_exceptions());
    const goOn = await afterBatch(ended);
    if (ended) return { beyondDevice: false, cancelled: false };
    if (!goOn) return { beyondDevice: false, cancelled: true };
  }
}

/** Plans the batches and keeps at most two of them in flight. */
class BatchReader {
  readonly longestBatch: number;
  private readonly pieceBytes: number;
  private readonly planned: Batch[] = [];
  private nextPiece = 0;
  private launched = 0;

  constructor(
    private readonly core: Core,
    private readonly source: BlockSource,
  ) {
    this.pieceBytes = core.piece_entries() * core.EXCEPTION_BYTES.value;
    this.longestBatch = Math.max(this.pieceBytes, BATCH_BYTES);
  }

  /** The next batch in order, or null where the device ends before the next piece. */
  next(): Batch | null {
    this.launch();
    // Small stores are not read ahead of: only once batches are large does overlap pay.
    if (!this.source.readNow && this.launched >= BATCH_PIECES.length) this.launch();
    return this.planned.shift() ?? null;
  }

  private launch(): void {
    if (this.planned.length >= 2) return;
    const step = Math.min(this.launched, BATCH_PIECES.length - 1);
    const most = Math.max(1, Math.floor(this.longestBatch / this.pieceBytes));
    const first = this.nextPiece;
    const ranges = this.plan(Math.min(BATCH_PIECES[step] ?? 1, most));
    if (ranges.length === 0) return;
    const bytes = this.source.readNow ? null : this.source.read(ranges);
    // A batch that is no longer wanted when it fails must not count as an unhandled failure.
    bytes?.catch(() => {});
    this.planned.push({ first, ranges, bytes });
    this.launched += 1;
  }

  private plan(count: number): Range[] {
    const ranges: Range[] = [];
    while (ranges.length < count) {
      const offset = this.core.piece_offset(this.nextPiece);
      if (offset < 0) break;
      ranges.push({ offset, length: this.pieceBytes });
      this.nextPiece += 1;
    }
    return ranges;
  }
}
