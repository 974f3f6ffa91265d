import { basename, dirname } from "node:path";
import type { NamedSource } from "../container/looking.ts";
import { type Input, openInput } from "../source/node/open-input.ts";
import { ImageError } from "./image-problem.ts";

/** Files of one machine, read-only, until `close`. */
export class OpenFiles {
  private readonly besides = new Map<string, Input>();

  private constructor(
    readonly paths: readonly string[],
    readonly sources: readonly Input[],
    private readonly others: readonly string[],
  ) {}

  /**
   * @param others paths that one of them may ask for by name: a backing file, an extent.
   * @throws ImageError that names the one that cannot be opened.
   */
  static open(paths: readonly string[], others: readonly string[] = []): OpenFiles {
    const sources: Input[] = [];
    for (const path of paths) {
      try {
        sources.push(openInput(path));
      } catch (error) {
        for (const source of sources) source.close();
        throw ImageError.of(error, path);
      }
    }
    return new OpenFiles(paths, sources, others);
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

  /** The other file of that name: the one in the same folder, else the only one. @throws SourceError */
  beside(name: string): Input | null {
    const wanted = name.split(/[\\/]/).at(-1) ?? name;
    const called = this.others.filter(
      (path) => basename(path) === wanted && !this.paths.includes(path),
    );
    const near = called.filter((path) => this.paths.some((own) => dirname(own) === dirname(path)));
    const [path, ...more] = near.length > 0 ? near : called;
    if (path === undefined || more.length > 0) return null;
    const known = this.besides.get(path);
    if (known) return known;
    const source = openInput(path);
    this.besides.set(path, source);
    return source;
  }

  /** @throws ImageError */
  assertUnchanged(): void {
    const all = [...this.sources, ...this.besides.values()];
    const paths = [...this.paths, ...this.besides.keys()];
    all.forEach((source, index) => {
      try {
        source.assertUnchanged?.();
      } catch (error) {
        throw ImageError.of(error, paths[index] ?? "");
      }
    });
  }

  close(): void {
    for (const source of [...this.sources, ...this.besides.values()]) source.close();
  }
}
