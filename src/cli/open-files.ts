import type { NamedSource } from "../container/looking.ts";
import { type Input, openInput } from "../source/node/open-input.ts";
import { SinkError } from "../source/sink/sink.ts";
import { allShown, folderOf, nameOf, shown } from "./image-names.ts";
import { ImageError } from "./image-problem.ts";
import { ReadBudget } from "./limited-input.ts";
import { tooManyBytes } from "./limits.ts";
import { withMapfile } from "./mapfile-input.ts";
import { UsageError } from "./usage.ts";

type OpenOne = (path: string) => Promise<Input>;

function opener(paths: readonly string[], most: number | null): OpenOne {
  if (most === null) return openInput;
  const budget = new ReadBudget(most, () => new ImageError(tooManyBytes(paths, most)));
  return async (path) => budget.limit(await openInput(path));
}

/** Files of one machine, or what lies at addresses; read-only, until `close`. */
export class OpenFiles {
  private readonly besides = new Map<string, Input>();

  private constructor(
    readonly paths: readonly string[],
    readonly sources: readonly Input[],
    private readonly others: readonly string[],
    private readonly open: OpenOne,
    private readonly mapfile: string | null,
  ) {}

  /** Whatever is read for them: never to be written to. */
  get inputs(): readonly string[] {
    return this.mapfile === null ? this.paths : [...this.paths, this.mapfile];
  }

  /**
   * @param others paths that one of them may ask for by name: a backing file, an extent.
   * @param most bytes that may be read of all that is opened; null: no limit.
   * @param mapfile ddrescue's, of the first of them; null: all of it is there.
   * @throws ImageError that names the one that cannot be opened.
   */
  static async open(
    paths: readonly string[],
    others: readonly string[] = [],
    most: number | null = null,
    mapfile: string | null = null,
  ): Promise<OpenFiles> {
    const open = opener(paths, most);
    const sources: Input[] = [];
    for (const path of paths) {
      try {
        const input = await open(path);
        sources.push(input);
        if (mapfile !== null && sources.length === 1)
          sources[0] = await withMapfile(input, mapfile);
      } catch (error) {
        for (const source of sources) source.close();
        throw ImageError.of(error, shown(path));
      }
    }
    return new OpenFiles(paths, sources, others, open, mapfile);
  }

  /** The same, and another in place of the first: over it, and closed with these. */
  withFirst(over: (first: Input) => Input): OpenFiles {
    const sources = this.sources.map((source, index) => (index === 0 ? over(source) : source));
    return new OpenFiles(this.paths, sources, this.others, this.open, this.mapfile);
  }

  /** By the last part of their paths; where two have the same, by the whole paths. */
  get named(): NamedSource[] {
    const names = this.paths.map(nameOf);
    return this.sources.map((source, index) => {
      const name = names[index] ?? "";
      const twice = names.filter((other) => other === name).length > 1;
      const mayLack = this.mapfile !== null && index === 0;
      return { name: twice ? shown(this.paths[index] ?? name) : name, source, mayLack };
    });
  }

  /** The other file of that name: the one in the same folder, else the only one. @throws SourceError */
  async beside(name: string): Promise<Input | null> {
    const wanted = name.split(/[\\/]/).at(-1) ?? name;
    const called = this.others.filter(
      (path) => nameOf(path) === wanted && !this.paths.includes(path),
    );
    const near = called.filter((path) =>
      this.paths.some((own) => folderOf(own) === folderOf(path)),
    );
    const [path, ...more] = near.length > 0 ? near : called;
    if (path === undefined || more.length > 0) return null;
    const known = this.besides.get(path);
    if (known) return known;
    const source = await this.open(path);
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
        throw ImageError.of(error, shown(paths[index] ?? ""));
      }
    });
  }

  close(): void {
    for (const source of [...this.sources, ...this.besides.values()]) source.close();
  }
}

/**
 * Takes a step on files that are open for as long as it lasts.
 * @throws ImageError for whatever reading them threw; UsageError and SinkError are not about them.
 */
export async function withFiles<T>(
  paths: readonly string[],
  step: (files: OpenFiles) => Promise<T>,
  mapfile: string | null = null,
): Promise<T> {
  let files: OpenFiles | null = null;
  try {
    files = await OpenFiles.open(paths, [], null, mapfile);
    return await step(files);
  } catch (error) {
    if (error instanceof UsageError || error instanceof SinkError) throw error;
    throw ImageError.of(error, allShown(paths));
  } finally {
    files?.close();
  }
}
