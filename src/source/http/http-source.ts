import {
  type BlockSource,
  isRun,
  type Range,
  type ReadCounters,
  SourceError,
  totalLength,
} from "../block-source.ts";
import { DecodedCache } from "../decoded-cache.ts";
import type { HttpAddress } from "./address.ts";
import { ASKING, type Asking } from "./asking.ts";
import { Lanes } from "./lanes.ts";
import { PAGE, type PageRun, planRuns } from "./page-runs.ts";
import { PATIENCE, type Patience } from "./patience.ts";
import { type Answer, RangeClient } from "./range-client.ts";

/** Requests in flight for one file. */
const LANES = 6;
/** Bytes kept of what was fetched: 32 MiB. */
const KEPT = 32 << 20;

const NOT_THERE =
  "the server says it has no such range (416), though the file is as long as it was";

/** What is copied into an answer from a run that is on its way. */
interface Copy {
  at: number;
  offset: number;
  length: number;
}

/**
 * A file on a web server that sends ranges (RFC 9110, 14). Nothing but those ranges is asked for.
 * Whatever went wrong once goes wrong again at once: a server that is gone is not waited for twice.
 */
export class HttpSource implements BlockSource {
  readonly size: number;
  private readonly lanes = new Lanes(LANES);
  private readonly kept = new DecodedCache(KEPT);
  private readonly flying = new Map<number, Promise<Fetched>>();
  private failure: unknown = null;
  private lastEnd = -1;

  private constructor(
    private readonly client: RangeClient,
    private readonly first: Answer,
    private readonly stop: AbortController,
    private readonly host: string,
  ) {
    this.size = first.size;
  }

  /**
   * Asks for the first byte: the answer tells the size. Not with HEAD, which a signed address for
   * GET refuses. @throws SourceError
   */
  static async open(
    address: HttpAddress,
    patience: Patience = PATIENCE,
    asking: Asking = ASKING,
  ): Promise<HttpSource> {
    const stop = new AbortController();
    const client = new RangeClient(address, patience, stop.signal, asking);
    const { host } = new URL(address.url);
    try {
      const first = await client.get(0, 1);
      if (first.bytes.length === 0 && !first.empty) {
        throw new SourceError("unreadable", 0, "the server says it has no first byte (416)");
      }
      return new HttpSource(client, first, stop, host);
    } catch (error) {
      throw sentBy(host, error);
    }
  }

  /** What came over the network, and how many requests were sent for it. */
  get counters(): ReadCounters {
    return { bytes: this.client.bytes, calls: this.client.requests };
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    if (this.failure) throw this.failure;
    for (const { offset, length } of ranges) {
      if (isRun(offset, length, this.size)) continue;
      throw new SourceError("unreadable", offset, `it ends at byte ${this.size}`);
    }
    this.launch(ranges);
    const target = new Uint8Array(totalLength(ranges));
    const awaited = this.fillFromKept(ranges, target);
    await Promise.all(
      [...awaited].map(async ([flight, copies]) => {
        const run = await flight;
        for (const { at, offset, length } of copies) {
          const from = offset - run.offset;
          target.set(run.bytes.subarray(from, from + length), at);
        }
      }),
    );
    return target;
  }

  /** @throws SourceError if something went wrong, also where whoever read went on without it. */
  assertUnchanged(): void {
    if (this.failure) throw this.failure;
  }

  /** Ends what is still on its way. */
  close(): void {
    this.failure ??= new SourceError("unavailable", 0, "it was closed");
    this.stop.abort(this.failure);
  }

  private launch(ranges: readonly Range[]): void {
    const [only] = ranges;
    const goesOn = ranges.length === 1 && only?.offset === this.lastEnd;
    this.lastEnd = only ? only.offset + only.length : -1;
    const isNeeded = (page: number) => !this.flying.has(page) && !this.kept.get(String(page));
    for (const run of planRuns(ranges, this.size, isNeeded, goesOn)) {
      const flight = this.lanes.run(() => this.fetch(run)).finally(() => this.landed(run, flight));
      // What was fetched beside what is wanted may fail without anybody waiting for it.
      flight.catch(() => {});
      for (let i = 0; i < run.count; i++) {
        if (!this.flying.has(run.first + i)) this.flying.set(run.first + i, flight);
      }
    }
  }

  private landed(run: PageRun, flight: Promise<Fetched>): void {
    for (let page = run.first; page < run.first + run.count; page++) {
      if (this.flying.get(page) === flight) this.flying.delete(page);
    }
  }

  /** Copies what is at hand. @returns what has to be waited for, and what is wanted of it. */
  private fillFromKept(
    ranges: readonly Range[],
    target: Uint8Array,
  ): ReadonlyMap<Promise<Fetched>, Copy[]> {
    const awaited = new Map<Promise<Fetched>, Copy[]>();
    let at = 0;
    for (const { offset, length } of ranges) {
      for (let done = 0; done < length; ) {
        const page = Math.floor((offset + done) / PAGE);
        const skip = offset + done - page * PAGE;
        const count = Math.min(PAGE - skip, length - done);
        const flight = this.flying.get(page);
        const bytes = this.kept.get(String(page));
        if (bytes) target.set(bytes.subarray(skip, skip + count), at + done);
        else if (flight) {
          const copies = awaited.get(flight) ?? [];
          copies.push({ at: at + done, offset: offset + done, length: count });
          awaited.set(flight, copies);
        }
        done += count;
      }
      at += length;
    }
    return awaited;
  }

  private async fetch({ first, count }: PageRun): Promise<Fetched> {
    if (this.failure) throw this.failure;
    const offset = first * PAGE;
    const length = Math.min(count * PAGE, this.size - offset);
    try {
      const { bytes, ...head } = await this.client.get(offset, length);
      this.expectSame(head, offset);
      if (bytes.length < length) throw new SourceError("unreadable", offset, NOT_THERE);
      for (let page = 0; page < count; page++) {
        this.kept.put(String(first + page), bytes.slice(page * PAGE, (page + 1) * PAGE));
      }
      return { offset, bytes };
    } catch (error) {
      this.failure ??= sentBy(this.host, error);
      throw this.failure;
    }
  }

  /** Every answer tells which state of the file it is of. */
  private expectSame({ size, version }: Omit<Answer, "bytes">, offset: number): void {
    if (size !== this.size) {
      throw new SourceError(
        "changed",
        offset,
        `the server says it has ${size} bytes now, not ${this.size}`,
      );
    }
    if (version !== this.first.version) {
      throw new SourceError(
        "changed",
        offset,
        "the server says it is another file now (ETag or Last-Modified)",
      );
    }
  }
}

const sentBy = (host: string, error: unknown): unknown =>
  error instanceof SourceError ? error.sentBy(host) : error;

interface Fetched {
  offset: number;
  bytes: Uint8Array;
}
