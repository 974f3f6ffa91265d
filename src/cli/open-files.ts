import { basename } from "node:path";
import type { NamedSource } from "../container/looking.ts";
import { FileSource } from "../source/node/file-source.ts";
import { ImageError } from "./image-problem.ts";

/** Files of one machine, read-only, until `close`. */
export class OpenFiles {
  private constructor(
    readonly paths: readonly string[],
    readonly sources: readonly FileSource[],
  ) {}

  /** @throws ImageError that names the one that cannot be opened. */
  static open(paths: readonly string[]): OpenFiles {
    const sources: FileSource[] = [];
    for (const path of paths) {
      try {
        sources.push(FileSource.open(path));
      } catch (error) {
        for (const source of sources) source.close();
        throw ImageError.of(error, path);
      }
    }
    return new OpenFiles(paths, sources);
  }

  /** By the last part of their paths; where two have the same, by the paths as they were given. */
  get named(): NamedSource[] {
    const names = this.paths.map((path) => basename(path));
    return this.sources.map((source, index) => {
      const name = names[index] ?? "";
      const twice = names.filter((other) => other === name).length > 1;
      return { name: twice ? (this.paths[index] ?? name) : name, source };
    });
  }

  /** @throws ImageError */
  assertUnchanged(): void {
    this.sources.forEach((source, index) => {
      try {
        source.assertUnchanged();
      } catch (error) {
        throw ImageError.of(error, this.paths[index] ?? "");
      }
    });
  }

  close(): void {
    for (const source of this.sources) source.close();
  }
}
