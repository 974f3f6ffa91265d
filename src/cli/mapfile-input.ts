import { readFile, stat } from "node:fs/promises";
import { type MapBlock, parseMapfile } from "../protocol/mapfile.ts";
import type { BlockSource } from "../source/block-source.ts";
import type { Input } from "../source/node/open-input.ts";
import { RescuedSource } from "../source/rescued-source.ts";
import { ImageError } from "./image-problem.ts";

/** A mapfile of two million blocks has less. */
const MOST_BYTES = 128 << 20;

/** The copy of a device as ddrescue's mapfile says that it is. @throws SourceError, ImageError */
export async function withMapfile(input: Input, path: string): Promise<Input> {
  return new MapfileInput(input, await blocksIn(path));
}

class MapfileInput extends RescuedSource implements Input {
  constructor(
    private readonly input: BlockSource & { close(): void },
    blocks: readonly MapBlock[],
  ) {
    super(input, blocks);
  }

  close(): void {
    this.input.close();
  }
}

async function blocksIn(path: string): Promise<MapBlock[]> {
  const parsed = parseMapfile(await textOf(path));
  if (Array.isArray(parsed)) return parsed;
  throw bad(path, `line ${parsed.line}: ${parsed.why}`);
}

async function textOf(path: string): Promise<string> {
  try {
    // Before it is opened: a FIFO would wait for a writer.
    const status = await stat(path);
    if (!status.isFile()) throw new Error("it is not a plain file");
    if (status.size > MOST_BYTES) throw new Error(`it has ${status.size} bytes`);
    return await readFile(path, "latin1");
  } catch (error) {
    throw bad(path, error instanceof Error ? error.message : String(error));
  }
}

const bad = (path: string, found: string): ImageError =>
  new ImageError({
    code: "mapfile.bad",
    message: `${path} cannot be read as a mapfile`,
    where: path,
    expected: "a mapfile as GNU ddrescue writes it",
    found,
    todo: "Name the mapfile that ddrescue wrote beside the image",
  });
