import type { Sink } from "./sink.ts";

/** Gathers a Blob. Each piece becomes one at once: a browser may keep those outside of memory. */
export class BlobSink implements Sink {
  private parts: Blob[] = [];
  /** Once finished. */
  blob: Blob | null = null;

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.parts.push(new Blob([bytes]));
  }

  finish(): void {
    this.blob = new Blob(this.parts);
    this.parts = [];
  }

  abandon(): void {
    this.parts = [];
  }
}
