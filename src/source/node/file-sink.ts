import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { type Sink, SinkError, sinkError } from "../sink/sink.ts";
import { isSameFile } from "./same-file.ts";

/** Zeros of this length that begin at a multiple of it are left out as a hole, in bytes. */
const HOLE = 4096;
const ZEROS = Buffer.alloc(HOLE);

/** A plain file on Node, zeros left out as holes. */
export class FileSink implements Sink {
  private at = 0;

  private constructor(
    private readonly descriptor: number,
    private readonly path: string,
  ) {}

  /**
   * Makes the file, or empties it once it is certain that it is none of the inputs.
   * @param inputs the paths that are read: never written to, under whatever name. @throws SinkError
   */
  static open(path: string, inputs: readonly string[]): FileSink {
    const { O_WRONLY, O_CREAT, O_NONBLOCK } = constants;
    // Even to open a device for writing wakes others up, so only a plain file is opened; and what
    // is there must not be emptied yet. A pipe may take its place meanwhile: it must not wait.
    const there = guard(() => statSync(path, { throwIfNoEntry: false }));
    if (there && !there.isFile()) throw new SinkError("unwritable", "it is not a plain file");
    const descriptor = guard(() => openSync(path, O_WRONLY | O_CREAT | O_NONBLOCK, 0o666));
    try {
      const status = fstatSync(descriptor, { bigint: true });
      const input = inputs.find((name) => isSameFile(status, name));
      if (input !== undefined)
        throw new SinkError("input", `it is the image ${input} that is read`);
      if (!status.isFile()) throw new SinkError("unwritable", "it is not a plain file");
      ftruncateSync(descriptor, 0);
      return new FileSink(descriptor, realpathSync(path));
    } catch (error) {
      closeSync(descriptor);
      if (!there) rmSync(path, { force: true });
      throw sinkError(error);
    }
  }

  write(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length) {
      const until = Math.min(bytes.length, from + HOLE - (this.at % HOLE));
      const hole = isHole(bytes, from, until);
      let end = until;
      while (end < bytes.length) {
        const next = Math.min(bytes.length, end + HOLE);
        if (isHole(bytes, end, next) !== hole) break;
        end = next;
      }
      if (!hole) guard(() => this.put(bytes, from, end));
      this.at += end - from;
      from = end;
    }
  }

  finish(): void {
    // A hole at the end has to be made: nothing was written there.
    guard(() => ftruncateSync(this.descriptor, this.at));
    guard(() => closeSync(this.descriptor));
  }

  abandon(): void {
    try {
      const written = fstatSync(this.descriptor, { bigint: true });
      closeSync(this.descriptor);
      // Whatever has taken its name meanwhile is not ours to remove.
      if (isSameFile(written, this.path)) rmSync(this.path);
    } catch {
      // Gone already.
    }
  }

  private put(bytes: Uint8Array, from: number, until: number): void {
    for (let done = from; done < until; ) {
      done += writeSync(this.descriptor, bytes, done, until - done, this.at + done - from);
    }
  }
}

function isHole(bytes: Uint8Array, from: number, until: number): boolean {
  return ZEROS.compare(bytes, from, until, 0, until - from) === 0;
}

/** @throws SinkError */
function guard<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw sinkError(error);
  }
}
