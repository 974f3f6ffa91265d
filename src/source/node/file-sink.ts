import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { type Sink, SinkError, sinkError } from "../sink/sink.ts";
import { isSameFile } from "./same-file.ts";

/** Zeros of this length that begin at a multiple of it are left out as a hole, in bytes. */
const HOLE = 4096;
const ZEROS = Buffer.alloc(HOLE);

/** What stands behind the name of a file that is not whole yet. */
const UNFINISHED = ".part";

/**
 * A plain file on Node, zeros left out as holes. It has its name only once it is whole: until then
 * `.part` stands behind it, so that a command that was stopped leaves nothing that looks finished,
 * and a file that was there before stays until there is something to take its place.
 */
export class FileSink implements Sink {
  private at = 0;

  private constructor(
    private readonly descriptor: number,
    /** Where it is written, and what it is called when it is whole. */
    private readonly part: string,
    private readonly path: string,
  ) {}

  /**
   * Makes the file, once it is certain that it is none of the inputs.
   * @param inputs the paths that are read: never written to, under whatever name. @throws SinkError
   */
  static open(path: string, inputs: readonly string[]): FileSink {
    const before = guard(() => plainFile(path, inputs));
    // Through links, so that it is the file itself that is replaced.
    const named = before ? guard(() => realpathSync(path)) : path;
    const part = `${named}${UNFINISHED}`;
    const there = guard(() => plainFile(part, inputs));
    const { O_WRONLY, O_CREAT, O_NONBLOCK } = constants;
    const mode = before ? Number(before.mode & 0o777n) : 0o666;
    // Not emptied yet: another file may take its place meanwhile, and a pipe must not wait.
    const descriptor = guard(() => openSync(part, O_WRONLY | O_CREAT | O_NONBLOCK, mode));
    try {
      assertPlain(fstatSync(descriptor, { bigint: true }), part, inputs);
      ftruncateSync(descriptor, 0);
      return new FileSink(descriptor, part, named);
    } catch (error) {
      closeSync(descriptor);
      if (!there) rmSync(part, { force: true });
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

  skip(length: number): void {
    this.at += length;
  }

  finish(): void {
    // A hole at the end has to be made: nothing was written there.
    guard(() => ftruncateSync(this.descriptor, this.at));
    guard(() => closeSync(this.descriptor));
    guard(() => renameSync(this.part, this.path));
  }

  abandon(): void {
    try {
      const written = fstatSync(this.descriptor, { bigint: true });
      closeSync(this.descriptor);
      // Whatever has taken its name meanwhile is not ours to remove.
      if (isSameFile(written, this.part)) rmSync(this.part);
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

/** @returns null where there is none. Even to open a device for writing would wake others up. */
function plainFile(path: string, inputs: readonly string[]): BigIntStats | null {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!status) return null;
  assertPlain(status, path, inputs);
  return status;
}

function assertPlain(status: BigIntStats, path: string, inputs: readonly string[]): void {
  if (!status.isFile()) throw new SinkError("unwritable", `${path} is not a plain file`);
  const input = inputs.find((name) => isSameFile(status, name));
  if (input !== undefined) throw new SinkError("input", `it is the image ${input} that is read`);
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
