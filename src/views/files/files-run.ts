import type { Origin, StoreReader } from "../../client/held-store.ts";
import { fileSaved } from "../../explain/files/file-words.ts";
import type { FileEntry, FileList, OpenedFiles } from "../../protocol/files.ts";
import type { Problem } from "../../protocol/problem.ts";
import { fileName, nameOf, readsAsZeros } from "./names.ts";

/** What goes on, and where. */
export interface Doing {
  what: "list" | "save";
  path: string;
}

export interface FilesState {
  doing: Doing | null;
  opened: OpenedFiles | null;
  /** The directory that is shown. */
  list: FileList | null;
  problem: Problem | null;
  /** What came of the last thing that was done. */
  said: string;
}

const NOTHING: FilesState = { doing: null, opened: null, list: null, problem: null, said: "" };

type Asker = Pick<StoreReader, "openFiles" | "listFiles" | "readFile" | "stopFiles">;

/** The files of one snapshot over one origin: which directory is shown, which file is saved. */
export class FilesRun {
  readonly #reader: Asker;
  readonly #origin: Origin;
  readonly #give: (name: string, blob: Blob) => void;
  readonly #listeners = new Set<() => void>();
  #state = NOTHING;
  /** Counts what begins and what stops: an answer to anything else comes too late. */
  #turn = 0;

  /** @param give hands a finished file to the person */
  constructor(reader: Asker, origin: Origin, give: (name: string, blob: Blob) => void) {
    this.#reader = reader;
    this.#origin = origin;
    this.#give = give;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): FilesState => this.#state;

  /** Shows a directory. */
  async list(path: string): Promise<void> {
    const isWanted = this.#begin({ what: "list", path });
    if (this.#state.opened === null) {
      const opened = await this.#reader.openFiles(this.#origin);
      if (!isWanted()) return;
      if (!opened.ok) return this.#end({ problem: opened.problem });
      this.#show({ ...this.#state, opened: opened.value });
    }
    const { opened } = this.#state;
    if (opened === null) return;
    const listed = await this.#reader.listFiles(opened.handle, path);
    if (!isWanted()) return;
    this.#end(listed.ok ? { list: listed.value } : { problem: listed.problem });
  }

  /** Saves the content of a file. */
  async save(file: FileEntry): Promise<void> {
    const { opened } = this.#state;
    if (opened === null) return;
    const isWanted = this.#begin({ what: "save", path: file.path });
    const read = await this.#reader.readFile(opened.handle, file.path, readsAsZeros(file));
    if (!isWanted()) return;
    if (!read.ok) return this.#end({ problem: read.problem });
    const name = fileName(file);
    this.#give(name, read.value.blob);
    this.#end({ said: fileSaved(name, read.value.missing) });
  }

  /** Ends what goes on; what is shown stays. */
  stop(): void {
    const { doing } = this.#state;
    if (doing === null) return;
    this.#turn += 1;
    this.#reader.stopFiles();
    const not = doing.what === "list" ? "listed" : "saved";
    this.#end({ said: `Stopped: ${nameOf(doing.path)} was not ${not}.` });
  }

  #begin(doing: Doing): () => boolean {
    this.#turn += 1;
    const turn = this.#turn;
    this.#show({ ...this.#state, doing, problem: null, said: "" });
    return () => turn === this.#turn;
  }

  #end(came: Partial<FilesState>): void {
    this.#show({ ...this.#state, doing: null, ...came });
  }

  #show(state: FilesState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
