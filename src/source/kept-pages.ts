import { areZeros } from "./zeros.ts";

/** In bytes. */
const PAGE = 4096;
/** Pages are kept in buffers of so many: one buffer each would cost more than a page of zeros saves. */
const PAGES_AT_ONCE = 64;

/**
 * Bytes from 0 on, as they come in order: zeros cost nothing, the rest is kept up to a limit. What
 * was kept is complete up to where the limit was met.
 */
export class KeptPages {
  private readonly pages = new Map<number, Uint8Array>();
  private readonly page = new Uint8Array(PAGE);
  /** How much of `page` is filled. */
  private filled = 0;
  private pageCount = 0;
  private room: number;
  private isFull = false;
  /** Where the next pages are kept. */
  private free = new Uint8Array();

  /** @param limit in bytes. */
  constructor(limit: number) {
    this.room = Math.floor(limit / PAGE);
  }

  /** All bytes before this one are known. */
  get complete(): number {
    return this.pageCount * PAGE + this.filled;
  }

  /** Whether some of what came could not be kept. */
  get full(): boolean {
    return this.isFull;
  }

  /** The bytes that follow those added before. */
  add(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && !this.isFull) {
      if (this.filled === 0 && bytes.length - at >= PAGE) {
        this.keep(bytes, at);
        at += PAGE;
        continue;
      }
      const length = Math.min(PAGE - this.filled, bytes.length - at);
      this.page.set(bytes.subarray(at, at + length), this.filled);
      this.filled += length;
      at += length;
      if (this.filled < PAGE) continue;
      this.filled = 0;
      this.keep(this.page, 0);
    }
  }

  /** Copies what is known of a range; `target` holds zeros. @returns how many bytes are. */
  copy(offset: number, length: number, target: Uint8Array, to: number): number {
    const known = Math.max(0, Math.min(length, this.complete - offset));
    for (let done = 0; done < known; ) {
      const number = Math.floor((offset + done) / PAGE);
      const skip = offset + done - number * PAGE;
      const count = Math.min(PAGE - skip, known - done);
      const page = number === this.pageCount ? this.page : this.pages.get(number);
      if (page) target.set(page.subarray(skip, skip + count), to + done);
      done += count;
    }
    return known;
  }

  private keep(bytes: Uint8Array, at: number): void {
    if (!areZeros(bytes, at, at + PAGE)) {
      if (this.room === 0) {
        this.isFull = true;
        return;
      }
      if (this.free.length === 0) {
        this.free = new Uint8Array(PAGE * Math.min(PAGES_AT_ONCE, this.room));
      }
      this.room -= 1;
      const page = this.free.subarray(0, PAGE);
      page.set(bytes.subarray(at, at + PAGE));
      this.free = this.free.subarray(PAGE);
      this.pages.set(this.pageCount, page);
    }
    this.pageCount += 1;
  }
}
