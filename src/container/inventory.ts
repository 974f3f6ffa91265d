import type {
  FoundOther,
  FoundStore,
  MachineTree,
  PackedStore,
  StoreLack,
} from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";
import { isNotRescued } from "../source/rescued-source.ts";
import { originOf, type PlacedVolume } from "./find-groups.ts";
import type { Layer } from "./layer.ts";
import { namesDevice } from "./lvm2/device.ts";
import type { LvmSnapshot } from "./lvm2/lvm2.ts";
import { uniqueNames } from "./names.ts";
import { whereabouts } from "./whereabouts.ts";

/** Pieces of one store that are looked at for missing bytes. */
const MOST_RUNS = 1 << 20;

type NewStore = Omit<FoundStore, "name">;
type NewOther = Omit<FoundOther, "name"> & { layers: readonly string[] };

/** The stores and what else was found; they are named when all of them are known. */
export class Inventory {
  private readonly stores: NewStore[] = [];
  private readonly others: NewOther[] = [];

  /** @param lacking the sources of which bytes may be missing. */
  constructor(private readonly lacking: ReadonlySet<BlockSource>) {}

  async addBare(layer: Layer, packed: PackedStore | null = null): Promise<void> {
    const missing = await this.holesIn(layer.source);
    this.stores.push({
      ...this.common(layer),
      kind: "bare",
      bytes: layer.source.size,
      lvmChunkSectors: packed?.lvmChunkSectors ?? null,
      snapshotBytes: packed?.snapshotBytes ?? null,
      origin: null,
      merging: false,
      complete: missing.length === 0,
      missing,
      lacks: lackOf(missing.length === 0, missing, false),
      ...(packed && { packed }),
    });
  }

  /** @param all the volumes of its group, the origin among them. */
  async addSnapshot(
    placed: PlacedVolume,
    snapshot: LvmSnapshot,
    all: readonly PlacedVolume[],
  ): Promise<void> {
    const { volume } = placed;
    const holes = volume.source ? await this.holesIn(volume.source) : [];
    const why = volume.why === null ? [] : [volume.why];
    const unreadable = volume.source === null;
    const missing =
      [volume.missing, holes, unreadable ? why : []].find((one) => one.length > 0) ?? [];
    const complete = !unreadable && volume.complete && holes.length === 0;
    this.stores.push({
      ...this.common(placed),
      kind: "lvm",
      bytes: volume.bytes,
      lvmChunkSectors: snapshot.chunkSectors,
      snapshotBytes: snapshot.bytes,
      origin: await originOf(snapshot, all, (source) => this.holesIn(source)),
      merging: snapshot.merging,
      complete,
      missing,
      lacks: lackOf(complete, missing, unreadable),
    });
  }

  addOther({ node, layers }: Pick<Layer, "node" | "layers">, kind: string): void {
    this.others.push({ node: node.id, layers, kind, bytes: node.bytes, holds: node.holds });
  }

  /** Stores are told from each other, and others from all. */
  named(): Pick<MachineTree, "stores" | "others"> {
    const storeNames = uniqueNames(this.stores.map(({ layers }) => layers));
    const names = uniqueNames([...this.stores, ...this.others].map(({ layers }) => layers));
    const others = this.others.map(({ layers: _, ...other }, index) => ({
      ...other,
      name: names[this.stores.length + index] ?? "",
    }));
    const nameOf = new Map(others.map(({ node, name }) => [node, name]));
    const stores = this.stores.map((store, index) => ({
      ...store,
      name: storeNames[index] ?? "",
      origin: store.origin && {
        ...store.origin,
        name: nameOf.get(store.origin.node) ?? store.origin.name,
      },
    }));
    return { stores, others };
  }

  /** Of a store: which node it is and how it is come by. */
  private common({ node, layers, path }: Pick<Layer, "node" | "layers" | "path">) {
    node.holds = "COW store";
    return { node: node.id, layers: [...layers], path: [...path] };
  }

  /** Why bytes are missing, as the first that are say it; nothing where all are there. */
  private async holesIn(source: BlockSource): Promise<string[]> {
    if (!this.mayLack(source)) return [];
    let runs = 0;
    for await (const piece of whereabouts(source, [])) {
      if (piece.in === "hole") return [piece.why];
      if (++runs > MOST_RUNS) return [`it lies in more than ${MOST_RUNS} pieces`];
    }
    return [];
  }

  private mayLack(source: BlockSource): boolean {
    return this.lacking.has(source) || (source.children ?? []).some((child) => this.mayLack(child));
  }
}

/** @param missing what is not there. @param unreadable whether nothing of it can be put together. */
function lackOf(
  complete: boolean,
  missing: readonly string[],
  unreadable: boolean,
): StoreLack | null {
  if (complete) return null;
  if (missing.some(isNotRescued)) return "rescue";
  if (missing.some(namesDevice)) return "disk";
  return unreadable ? "machine" : "copy";
}
