import { looksLikeStore } from "../engine/check/store-likeness.ts";
import type { NamedOrigin } from "../engine/snapshot/snapshot-store.ts";
import type { Typed } from "../explain/repair/commands.ts";
import { copyOf, MOST_PIECES, whenceInside } from "../explain/repair/whence.ts";
import { imageName, subjectOf } from "../protocol/found-store.ts";
import type { FoundStore } from "../protocol/machine.ts";
import type { MachineHandle, NamedBlob, ReadOfWhole } from "../protocol/store-service.ts";
import { BlobSource } from "../source/blob-source.ts";
import { type BlockSource, SourceError } from "../source/block-source.ts";
import { Breath } from "./breath.ts";
import type { Machine } from "./containers.ts";
import type { Image } from "./image.ts";
import { newHandle } from "./new-handle.ts";

/** What lies in the files that were looked into last, and the bytes behind it. */
export class HeldMachine {
  readonly handle: MachineHandle = newHandle();

  private constructor(
    readonly machine: Machine,
    readonly files: readonly Blob[],
    private readonly bottoms: readonly BlobSource[],
  ) {}

  /**
   * @param beforeRead may throw, as whenever bytes of the files are read later.
   * @returns null: one file, and no more than a store or an origin. @throws SourceError
   */
  static async find(
    files: readonly NamedBlob[],
    compiled: WebAssembly.Module,
    beforeRead: () => void,
    onProgress: (bytes: ReadOfWhole) => void,
  ): Promise<HeldMachine | null> {
    const { findStores, layersIn, WRAPPERS } = await import("./containers.ts");
    const bottoms = files.map(({ blob }) => new BlobSource(blob, beforeRead));
    const named = files.map(({ name }, at) => ({ name, source: sourceAt(bottoms, at) }));
    const breath = new Breath();
    const pause = async () => {
      await breath.take();
      beforeRead();
    };
    const looking = {
      wrappers: WRAPPERS,
      partial: false,
      isStore: (source: BlockSource) => looksLikeStore(compiled, source),
      pause,
    };
    const ticking = setInterval(() => onProgress(readOf(bottoms)), TICK_MS);
    try {
      const [only, ...more] = named;
      const machine =
        only && more.length === 0
          ? await layersIn(only, looking)
          : await findStores(named, looking);
      const blobs = files.map(({ blob }) => blob);
      return machine && new HeldMachine(machine, blobs, bottoms);
    } finally {
      clearInterval(ticking);
    }
  }

  get bytes(): ReadOfWhole {
    return readOf(this.bottoms);
  }

  /** The store of a node, as an image. @throws SourceError where its bytes are not there. */
  imageAt(node: number): { store: FoundStore; image: Image } | null {
    const store = this.machine.tree.stores.find((one) => one.node === node);
    if (!store) return null;
    const name = imageName(store);
    const source = this.machine.sources.get(node);
    if (!source) throw new SourceError("hole", 0, store.missing.join("; "), name);
    const image = {
      name,
      source,
      inputs: this.files,
      subject: subjectOf(store),
      origin: this.originOf(store),
      packed: store.packed !== undefined,
      whence: () => this.whenceOf(store, source),
    };
    return { store, image };
  }

  /** The same bytes as parts of the files, of which nothing is read; null where they are not there as they are. */
  async blobOf(source: BlockSource): Promise<Blob | null> {
    const pieces = await this.piecesOf(source, MOST_BLOB_PIECES);
    if (pieces === null) return null;
    return new Blob(
      pieces.map(({ image, offset, length }) => {
        const file = this.files[image];
        if (!file) throw new Error(`no file ${image}`);
        return file.slice(offset, offset + length);
      }),
    );
  }

  /** How a person has the bytes of a store, and the copy that is made of them. */
  private async whenceOf({ name }: FoundStore, source: BlockSource): Promise<Typed> {
    const names = this.machine.tree.images.map((image) => image.name);
    const pieces = await this.piecesOf(source, MOST_PIECES);
    return { from: whenceInside(names, pieces, name), copy: copyOf(name) };
  }

  private async piecesOf(source: BlockSource, most: number) {
    const { filePieces } = await import("./containers.ts");
    return filePieces(source, this.bottoms, most);
  }

  /** The origin that its volume group pairs a store with; null where it cannot be read. */
  private originOf({ origin }: FoundStore): NamedOrigin | null {
    const source = origin?.readable ? this.machine.sources.get(origin.node) : undefined;
    return origin && source ? { name: origin.name, source } : null;
  }
}

/** A volume is in no more pieces, unless somebody means harm. */
const MOST_BLOB_PIECES = 1 << 16;

/** How often the page hears how far it is. */
const TICK_MS = 100;

/** What is read again counts once more, but never as more than there is. */
function readOf(bottoms: readonly BlobSource[]): ReadOfWhole {
  let read = 0;
  let whole = 0;
  for (const { size, counters } of bottoms) {
    read += Math.min(size, counters.bytes);
    whole += size;
  }
  return { read, whole };
}

function sourceAt(bottoms: readonly BlobSource[], at: number): BlobSource {
  const source = bottoms[at];
  if (!source) throw new Error(`no file ${at}`);
  return source;
}
