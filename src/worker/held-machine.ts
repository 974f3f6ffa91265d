import { looksLikeStore } from "../engine/check/store-likeness.ts";
import type { NamedOrigin } from "../engine/snapshot/snapshot-store.ts";
import type { Typed } from "../explain/repair/commands.ts";
import { copyOf, MOST_PIECES, whenceInside } from "../explain/repair/whence.ts";
import { imageName, settingOf } from "../protocol/found-store.ts";
import type { FoundStore } from "../protocol/machine.ts";
import type { MachineHandle, NamedFile, ReadOfWhole } from "../protocol/store-service.ts";
import { type BlockSource, SourceError } from "../source/block-source.ts";
import { Breath } from "./breath.ts";
import type { Machine } from "./containers.ts";
import { localBlobs, typedName } from "./files.ts";
import type { Image } from "./image.ts";
import { loadContainers } from "./load-containers.ts";
import { newHandle } from "./new-handle.ts";

/** What lies in the files that were looked into last, and the bytes behind it. */
export class HeldMachine {
  readonly handle: MachineHandle = newHandle();

  private constructor(
    readonly machine: Machine,
    private readonly files: readonly NamedFile[],
    private readonly bottoms: readonly BlockSource[],
  ) {}

  /**
   * @param bottoms the files' bytes.
   * @param assertWanted throws where nobody waits for it any more.
   * @returns null: one file, and no more than a store or an origin. @throws SourceError
   */
  static async find(
    files: readonly NamedFile[],
    bottoms: readonly BlockSource[],
    compiled: WebAssembly.Module,
    assertWanted: () => void,
    onProgress: (bytes: ReadOfWhole) => void,
  ): Promise<HeldMachine | null> {
    const { findStores, layersIn, WRAPPERS } = await loadContainers();
    const named = files.map(({ name }, at) => ({ name, source: sourceAt(bottoms, at) }));
    const breath = new Breath();
    const pause = async () => {
      await breath.take();
      assertWanted();
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
      // A layer that cannot be read is passed over: a server that is gone is not passed over.
      for (const bottom of bottoms) bottom.assertUnchanged?.();
      return machine && new HeldMachine(machine, files, bottoms);
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
      inputs: localBlobs(this.files),
      setting: settingOf(store),
      origin: this.originOf(store),
      packed: store.packed !== undefined,
      whence: () => this.whenceOf(store, source),
    };
    return { store, image };
  }

  /**
   * The same bytes as parts of the files, of which nothing is read; null where they are not there as
   * they are, or on a server.
   */
  async blobOf(source: BlockSource): Promise<Blob | null> {
    if (this.isRemote) return null;
    const blobs = localBlobs(this.files);
    const pieces = await this.piecesOf(source, MOST_BLOB_PIECES);
    if (pieces === null) return null;
    return new Blob(
      pieces.map(({ image, offset, length }) => {
        const file = blobs[image];
        if (!file) throw new Error(`no file ${image}`);
        return file.slice(offset, offset + length);
      }),
    );
  }

  /** How a person has the bytes of a store, and the copy that is made of them. */
  private async whenceOf({ name, packed }: FoundStore, source: BlockSource): Promise<Typed> {
    if (packed) return { from: { kind: "bundle" }, copy: copyOf(name) };
    const names = this.files.map(typedName);
    // dd reads no address.
    const pieces = this.isRemote ? null : await this.piecesOf(source, MOST_PIECES);
    return { from: whenceInside(names, pieces, name), copy: copyOf(name) };
  }

  private get isRemote(): boolean {
    return this.files.some((file) => "address" in file);
  }

  private async piecesOf(source: BlockSource, most: number) {
    const { filePieces } = await loadContainers();
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
function readOf(bottoms: readonly BlockSource[]): ReadOfWhole {
  let read = 0;
  let whole = 0;
  for (const { size, counters } of bottoms) {
    read += Math.min(size, counters.bytes);
    whole += size;
  }
  return { read, whole };
}

function sourceAt(bottoms: readonly BlockSource[], at: number): BlockSource {
  const source = bottoms[at];
  if (!source) throw new Error(`no file ${at}`);
  return source;
}
