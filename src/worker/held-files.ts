import { checkStore } from "../engine/check/check.ts";
import { openSnapshotFiles, type SnapshotFiles } from "../engine/files/snapshot-files.ts";
import { cancelled, fileTooLarge } from "../engine/problems.ts";
import { Stopped } from "../engine/snapshot/named-image.ts";
import type { NamedOrigin, SnapshotStore } from "../engine/snapshot/snapshot-store.ts";
import {
  type FileList,
  type FilesHandle,
  MOST_FILE_PROBLEMS,
  MOST_LISTED_FILES,
  MOST_SAVED_BYTES,
  type OpenedFiles,
  type ReadFile,
} from "../protocol/files.ts";
import { failure, type Result, success } from "../protocol/problem.ts";
import { BlobSink } from "../source/sink/blob-sink.ts";
import { Gate, GatedSource } from "./gate.ts";
import { newHandle } from "./new-handle.ts";

/**
 * The files of a snapshot that the page looks through, a question at a time: the one before has to
 * be over, or not going any more, and then ends at its next byte.
 */
export class HeldFiles {
  readonly handle: FilesHandle = newHandle();
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly files: SnapshotFiles,
    private readonly gate: Gate,
  ) {}

  /** @param going false cancels. */
  static async open(
    compiled: WebAssembly.Module,
    store: SnapshotStore,
    origin: NamedOrigin,
    going: () => boolean,
  ): Promise<Result<HeldFiles>> {
    const gate = new Gate(store.name, going);
    const cow = new GatedSource(store.cow, gate);
    return stoppable(async () => {
      const facts = await factsOver(compiled, { ...store, cow }, origin, going);
      if (!facts) return failure(cancelled(store.name));
      const checked = { ...store, cow, facts };
      const over = { ...origin, source: new GatedSource(origin.source, gate) };
      const hooks = {
        afterBatch: async () => {
          await gate.pass();
          return true;
        },
      };
      const opened = await openSnapshotFiles(compiled, checked, over, hooks);
      return opened.ok ? success(new HeldFiles(opened.value, gate)) : opened;
    });
  }

  describe(): OpenedFiles {
    return { handle: this.handle, fileSystem: this.files.facts };
  }

  /** What is in one directory. */
  list(path: string, going: () => boolean): Promise<Result<FileList>> {
    return this.inTurn(going, async () => {
      const list: FileList = { path, files: [], more: false, problems: [], moreProblems: false };
      const { files, problems } = list;
      for await (const entry of this.files.list(path, false, (problem) => {
        if (problems.length < MOST_FILE_PROBLEMS) problems.push(problem);
        else list.moreProblems = true;
      })) {
        list.more = files.length === MOST_LISTED_FILES;
        if (list.more) break;
        files.push(entry);
        await this.gate.pass();
      }
      return success(list);
    });
  }

  /** The content of one file. @param partial whether zeros stand for what cannot be read. */
  read(path: string, partial: boolean, going: () => boolean): Promise<Result<ReadFile>> {
    return this.inTurn(going, async () => {
      const sink = new BlobSink();
      let bytes = 0;
      const write = async (more: Uint8Array<ArrayBuffer>) => {
        bytes += more.length;
        if (bytes > MOST_SAVED_BYTES) throw new Stopped(fileTooLarge(path));
        await this.gate.pass();
        sink.write(more);
      };
      const bounded = { write, finish: () => sink.finish(), abandon: () => sink.abandon() };
      const written = await this.files.extract(path, bounded, partial);
      if (!written.ok) return written;
      const missing = written.value.reduce((sum, { length }) => sum + length, 0);
      return success({ blob: sink.blob ?? new Blob(), missing });
    });
  }

  private inTurn<T>(going: () => boolean, work: () => Promise<Result<T>>): Promise<Result<T>> {
    const asked = this.last.then(() =>
      stoppable(() => {
        this.gate.open(going);
        return work();
      }),
    );
    this.last = asked.catch(() => {});
    return asked;
  }
}

/** Of an origin that was not known when the store was checked: its length can tell exceptions wild. */
async function factsOver(
  compiled: WebAssembly.Module,
  { facts, cow }: SnapshotStore,
  origin: NamedOrigin,
  going: () => boolean,
): Promise<SnapshotStore["facts"] | null> {
  if (facts.options.originSectors !== null) return facts;
  const originSectors = BigInt(Math.floor(origin.source.size / 512));
  const options = { ...facts.options, originSectors };
  const checked = await checkStore(compiled, cow, options, false, { afterBatch: going });
  return checked?.facts ?? null;
}

async function stoppable<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Stopped) return failure(error.problem);
    throw error;
  }
}
