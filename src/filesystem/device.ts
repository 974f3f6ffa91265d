import { type BlockSource, isRun, SourceError } from "../source/block-source.ts";
import { Invalid } from "./invalid.ts";

/** Metadata is read in windows of this size, in bytes, of which so many are kept. */
const WINDOW = 1 << 15;
const MOST_WINDOWS = 256;
/** The longest run that is read at once. */
const MOST_BYTES = 1 << 22;

/** The device under a file system, with what was read last kept: metadata is small and close together. */
export class Device {
  private readonly windows = new Map<number, Uint8Array>();

  constructor(readonly source: BlockSource) {}

  get size(): number {
    return this.source.size;
  }

  /** @throws Invalid where that is not on the device; SourceError */
  async view(offset: number, length: number): Promise<DataView> {
    const bytes = await this.read(offset, length);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** At most 4 MiB; not to be written to. @throws Invalid where that is not on the device; SourceError */
  async read(offset: number, length: number): Promise<Uint8Array> {
    if (!isRun(offset, length, this.size) || length > MOST_BYTES) {
      throw new Invalid(`${length} bytes at byte ${offset} are not on the device`);
    }
    const number = Math.floor(offset / WINDOW);
    const within = offset - number * WINDOW;
    if (within + length > WINDOW) return this.source.read([{ offset, length }]);
    const window = this.windows.get(number) ?? (await this.fetch(number));
    // What of the window cannot be read may lie beside what is asked for.
    if (!window) return this.source.read([{ offset, length }]);
    this.windows.delete(number);
    this.windows.set(number, window);
    return window.subarray(within, within + length);
  }

  /** Content, which is not kept. @throws SourceError, also where it lies behind the end of the device */
  async content(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (!isRun(offset, length, this.size)) {
      const why = `${length} bytes at byte ${offset} lie behind the end of the device, which was cut off`;
      throw new SourceError("hole", this.size, why, this.source.path);
    }
    return this.source.read([{ offset, length }]);
  }

  /** @returns null where not all of it can be had. @throws SourceError */
  private async fetch(number: number): Promise<Uint8Array | null> {
    const offset = number * WINDOW;
    try {
      const length = Math.min(WINDOW, this.size - offset);
      const window = await this.source.read([{ offset, length }]);
      const [oldest] = this.windows.keys();
      if (this.windows.size >= MOST_WINDOWS && oldest !== undefined) this.windows.delete(oldest);
      this.windows.set(number, window);
      return window;
    } catch (error) {
      if (isLost(error)) return null;
      throw error;
    }
  }
}

/** Whether bytes cannot be had whoever asks: the rest of the image may be fine. */
export function isLost(error: unknown): boolean {
  return error instanceof SourceError && (error.kind === "hole" || error.kind === "unreadable");
}
