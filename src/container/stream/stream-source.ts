import {
  type BlockSource,
  isRun,
  type Range,
  type ReadCounters,
  SourceError,
  totalLength,
} from "../../source/block-source.ts";
import { DecodedCache } from "../../source/decoded-cache.ts";
import type { KeptPages } from "../../source/kept-pages.ts";
import type { Checkpoints } from "./checkpoints.ts";
import type { KeptTail } from "./kept-tail.ts";
import {
  StreamDamage,
  type StreamFormat,
  type SweepListener,
  type Unpacker,
} from "./stream-format.ts";

/** What is kept of what was read last, in blocks of so many bytes. */
const BLOCK = 64 << 10;

/** What is known of a stream before it is read. */
export interface KnownStream<Place> {
  /** Of what is unpacked, in bytes. */
  size: number;
  /** The bytes from 0 on that are at hand. */
  kept: KeptPages;
  /** null: none of the end is. */
  tail: KeptTail | null;
  checkpoints: Checkpoints<Place>;
  /** What to do about a checksum that does not match; null: all have been looked at. */
  listener: SweepListener<Place> | null;
}

/**
 * The unpacked bytes of a stream. What was not kept is unpacked again from the nearest checkpoint;
 * reads that go forward unpack no byte twice.
 */
export class StreamSource<Place> implements BlockSource {
  readonly isForward = true;
  readonly size: number;
  readonly path: string;
  readonly children: readonly BlockSource[];
  private readonly cache: DecodedCache;
  private cursor: Cursor | null = null;
  private lastRead: Promise<unknown> = Promise.resolve();

  /** @param cached of bytes that were read last, in bytes. */
  constructor(
    private readonly format: StreamFormat<Place>,
    private readonly source: BlockSource,
    private readonly known: KnownStream<Place>,
    cached: number,
  ) {
    this.size = known.size;
    this.children = [source];
    this.path = source.path === undefined ? format.kind : `${source.path} → ${format.kind}`;
    this.cache = new DecodedCache(cached);
  }

  get counters(): ReadCounters {
    return this.source.counters;
  }

  /** One after the other: there is one place to unpack at. */
  read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const answer = this.lastRead.then(() => this.readAlone(ranges));
    this.lastRead = answer.catch(() => {});
    return answer;
  }

  assertUnchanged(): void {
    this.source.assertUnchanged?.();
  }

  private async readAlone(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(totalLength(ranges));
    let to = 0;
    const parts = ranges.map(({ offset, length }) => {
      this.expectBytes(offset, length);
      to += length;
      return { offset, length, to: to - length };
    });
    for (const part of parts.sort((a, b) => a.offset - b.offset)) {
      const { kept, tail } = this.known;
      if (tail?.copy(part.offset, part.length, bytes, part.to)) continue;
      const known = kept.copy(part.offset, part.length, bytes, part.to);
      await this.unpackInto(bytes, part.to + known, part.offset + known, part.length - known);
    }
    return bytes;
  }

  private expectBytes(offset: number, length: number): void {
    if (!isRun(offset, length, this.size)) {
      throw new SourceError("unreadable", offset, `it ends at byte ${this.size}`, this.path);
    }
  }

  private async unpackInto(
    bytes: Uint8Array,
    to: number,
    offset: number,
    length: number,
  ): Promise<void> {
    for (let done = 0; done < length; ) {
      const at = offset + done;
      const start = at - (at % BLOCK);
      const block = await this.block(start);
      const part = block.subarray(at - start, at - start + length - done);
      if (part.length === 0) throw this.changed(at);
      bytes.set(part, to + done);
      done += part.length;
    }
  }

  private async block(start: number): Promise<Uint8Array> {
    const cached = this.cache.get(String(start));
    if (cached) return cached;
    try {
      const cursor = this.cursorBefore(start);
      // It is taken up again only if all went well.
      this.cursor = null;
      for (;;) {
        const at = cursor.at;
        const block = await cursor.block();
        if (at % BLOCK === 0) this.cache.put(String(at), block);
        if (at < start && block.length > 0) continue;
        if (at !== start) throw this.changed(cursor.at);
        this.cursor = cursor;
        return block;
      }
    } catch (error) {
      if (error instanceof StreamDamage) {
        throw new SourceError("unreadable", start, error.message, this.path);
      }
      throw error instanceof SourceError ? error.metThrough(this.format.kind) : error;
    }
  }

  private cursorBefore(start: number): Cursor {
    const checkpoint = this.known.checkpoints.before(start);
    const { cursor } = this;
    if (cursor && cursor.at <= start && cursor.at >= checkpoint.at) return cursor;
    const unpacker = this.format.unpack(this.source, checkpoint, this.known.listener);
    return new Cursor(unpacker, checkpoint.at, this.size);
  }

  /** The sweep found more there. */
  private changed(offset: number): SourceError {
    return new SourceError("changed", offset, "it unpacks to fewer bytes than before", this.path);
  }
}

/** A place in the unpacked bytes that moves forward. */
class Cursor {
  /** Unpacked and not yet given out. */
  private run: Uint8Array = new Uint8Array();

  /** @param end of what can be unpacked. */
  constructor(
    private readonly unpacker: Unpacker,
    public at: number,
    private readonly end: number,
  ) {}

  /** The bytes up to the next multiple of BLOCK, or to the end: then it is short. */
  async block(): Promise<Uint8Array> {
    const length = Math.min(BLOCK - (this.at % BLOCK), this.end - this.at);
    const block = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.run.length === 0) {
        const next = await this.unpacker.next();
        if (!next) break;
        this.run = next;
      }
      const part = this.run.subarray(0, length - filled);
      block.set(part, filled);
      this.run = this.run.subarray(part.length);
      filled += part.length;
    }
    this.at += filled;
    return filled === length ? block : block.slice(0, filled);
  }
}
