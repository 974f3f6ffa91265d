import type { Sink } from "../../source/sink/sink.ts";
import { type Core, getBytes } from "../core.ts";
import { BadDump, type DumpItem } from "./dump-item.ts";

/** Zeros that are written at a time. */
const ZEROS = new Uint8Array(1 << 20);

/**
 * Writes the store that a dump tells of: header and areas byte for byte, zeros elsewhere. Items come
 * in the order of the device, so that nothing is kept but a place.
 * @throws BadDump where they do not, SinkError
 */
export class StoreRestorer {
  private store: (DumpItem & { kind: "store" }) | null = null;
  /** The next byte to be written. */
  private at = 0;
  /** Within which slack and exceptions may lie, in bytes. */
  private end = 0;
  private exceptions = false;
  private lastArea = -1;

  constructor(
    private readonly core: Core,
    private readonly sink: Sink,
  ) {}

  async take(item: DumpItem): Promise<void> {
    if (item.kind === "store") await this.begin(item);
    else if (item.kind === "area") await this.area(item);
    else if (item.kind === "run") await this.run(item);
    else await this.slack(item);
  }

  /** Zeros to the end of the device. The sink is not finished. */
  async finish(): Promise<void> {
    await this.zerosTo(this.begun().bytes);
  }

  private async begin(item: DumpItem & { kind: "store" }): Promise<void> {
    if (this.store) throw new BadDump("it holds more than one store");
    const { bytes, chunkSize, header } = item;
    const headerBytes = this.core.HEADER_BYTES.value;
    if (!Number.isSafeInteger(bytes) || bytes < headerBytes) {
      throw new BadDump(`a store of ${bytes} bytes has no room for a header`);
    }
    // The largest that any kernel takes: a larger one is no store's.
    const most = this.core.MAX_CHUNK_SECTORS.value;
    if (!Number.isInteger(chunkSize) || chunkSize < 1 || chunkSize > most) {
      throw new BadDump(`no store has chunks of ${chunkSize} sectors`);
    }
    this.store = item;
    const window = this.core.window_pointer();
    const { magic, valid, version } = header;
    this.core.pack_header(window, magic, valid, version, header.chunkSize);
    await this.write(getBytes(this.core, window, headerBytes));
    this.end = Math.min(bytes, chunkSize * 512);
  }

  private async area({ index, chunk }: DumpItem & { kind: "area" }): Promise<void> {
    const { bytes, chunkSize } = this.begun();
    const perArea = this.core.exceptions_per_area(chunkSize);
    if (!Number.isSafeInteger(index) || index < 0) throw new BadDump(`there is no area ${index}`);
    const right = this.core.area_location(BigInt(index), perArea);
    if (chunk !== right) throw new BadDump(`area ${index} begins at chunk ${right}, not ${chunk}`);
    const start = Number(chunk) * chunkSize * 512;
    if (index <= this.lastArea)
      throw new BadDump(`area ${index} comes after area ${this.lastArea}`);
    this.lastArea = index;
    this.end = start + chunkSize * 512;
    if (this.end > bytes) throw new BadDump(`area ${index} lies past the device's end`);
    await this.zerosTo(start);
    this.exceptions = true;
  }

  private async run({ old, new: new_, length }: DumpItem & { kind: "run" }): Promise<void> {
    if (!this.exceptions) throw new BadDump("an exception stands where none can: behind slack");
    const entry = this.core.EXCEPTION_BYTES.value;
    if (!Number.isSafeInteger(length) || length < 1 || length > (this.end - this.at) / entry) {
      throw new BadDump(`${length} exceptions do not fit into the rest of their area`);
    }
    const most = this.core.WINDOW_BYTES.value / entry;
    for (let done = 0; done < length; done += most) {
      const count = Math.min(most, length - done);
      const window = this.core.window_pointer();
      this.core.pack_exceptions(window, old + BigInt(done), new_ + BigInt(done), count);
      await this.write(getBytes(this.core, window, count * entry));
    }
  }

  private async slack({ offset, bytes }: DumpItem & { kind: "slack" }): Promise<void> {
    this.begun();
    this.exceptions = false;
    if (!Number.isSafeInteger(offset) || offset < this.at || offset + bytes.length > this.end) {
      throw new BadDump(`slack at byte ${offset} lies where no slack can`);
    }
    await this.zerosTo(offset);
    await this.write(new Uint8Array(bytes));
  }

  private begun(): DumpItem & { kind: "store" } {
    if (!this.store) throw new BadDump("it does not begin with a store");
    return this.store;
  }

  private async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.sink.write(bytes);
    this.at += bytes.length;
  }

  private async zerosTo(offset: number): Promise<void> {
    if (this.sink.skip && offset > this.at) {
      await this.sink.skip(offset - this.at);
      this.at = offset;
    }
    while (this.at < offset)
      await this.write(ZEROS.slice(0, Math.min(ZEROS.length, offset - this.at)));
  }
}
