import type { MachineNode } from "../protocol/machine.ts";
import { type BlockSource, SourceError } from "../source/block-source.ts";
import { type FoundPv, type PlacedVolume, placeGroups } from "./find-groups.ts";
import { holds } from "./holds.ts";
import { Inventory } from "./inventory.ts";
import { type Layer, placeOf } from "./layer.ts";
import type { Looking, NamedSource } from "./looking.ts";
import { readPhysicalVolume } from "./lvm2/lvm2.ts";
import { type OpenedLayer, Opening } from "./opening.ts";
import { type Partition, partitionSource } from "./partitions/partition.ts";
import { readPartitionTable } from "./partitions/partition-table.ts";
import { readEnds } from "./probe.ts";
import { TreeBuilder } from "./tree-builder.ts";

/** What was found of a layer: more layers, a store, or nothing that is gone into. */
type Insight = "layers" | "store" | "nothing";

/** What all that lies in one volume, or in the files themselves, has in common. */
interface Surroundings {
  inside: MachineNode | null;
  /** Where physical volumes are put: a group can be put together only when all are found. */
  pvs: FoundPv[];
}

/** Looks into files, partitions and volumes, from the outside in. */
export class Finder {
  private readonly tree = new TreeBuilder();
  private readonly inventory: Inventory;
  private readonly opening: Opening;

  constructor(
    private readonly files: readonly NamedSource[],
    private readonly looking: Looking,
  ) {
    this.inventory = new Inventory(this.tree.lacking);
    this.opening = new Opening(this.tree, files, looking);
  }

  async find(): Promise<{ tree: TreeBuilder; inventory: Inventory }> {
    let pvs: FoundPv[] = [];
    await this.lookIntoFiles({ inside: null, pvs });
    while (pvs.length > 0) {
      const next: FoundPv[] = [];
      const placed = placeGroups(this.tree, pvs);
      for (const volume of placed) await this.lookIntoVolume(volume, placed, next);
      pvs = next;
    }
    return { tree: this.tree, inventory: this.inventory };
  }

  /** Opened first, all of them: what another is made of is no disk of its own. */
  private async lookIntoFiles(surroundings: Surroundings): Promise<void> {
    const { tree, opening } = this;
    const looked: { layer: Layer; opened: OpenedLayer | null; tell: () => void }[] = [];
    for (const { name, source, mayLack } of this.files) {
      if (mayLack) tree.lacking.add(source);
      const node = tree.add([], source, { kind: "file", name, step: name });
      const layer = { node, source, layers: [name], path: [name] };
      const before = tree.problems.length;
      const opened = await opening.open(layer);
      const own = tree.problems.splice(before);
      looked.push({ layer, opened, tell: () => tree.problems.push(...own) });
    }
    for (const { layer, opened, tell } of looked) {
      if (opening.parts.has(layer.source)) continue;
      tell();
      // What cannot be opened is a problem, and nothing that is known to be there.
      if (!opened) continue;
      const found = await this.lookInside(opened, true, surroundings);
      if (found === "nothing") this.inventory.addOther(opened.layer, "file");
    }
  }

  /** @param mayBeStore false: what it is is known, and a store would be a chance likeness. */
  private async lookInside(
    { layer, ends: { head, tail }, packed }: OpenedLayer,
    mayBeStore: boolean,
    surroundings: Surroundings,
  ): Promise<Insight> {
    const { source, node } = layer;
    if (packed) {
      await this.inventory.addBare(layer, packed);
      return "store";
    }
    const where = placeOf(layer);
    const attempt = <T>(step: () => Promise<T>) => this.opening.attempt(layer, step);
    const table = await attempt(() =>
      readPartitionTable(source, head, tail, where, beginsWithSomething),
    );
    if (table) {
      node.holds = table.kind;
      for (const problem of table.problems) this.tree.tell(problem, LOST.includes(problem.code));
      for (const partition of table.partitions) {
        await this.lookIntoPartition(layer, table.kind, partition, surroundings);
      }
      return "layers";
    }
    const pv = await attempt(() => readPhysicalVolume(source, where));
    if (pv) {
      node.holds = "LVM2";
      surroundings.pvs.push({ layer, pv, inside: surroundings.inside });
      return "layers";
    }
    if (mayBeStore && (await attempt(() => this.looking.isStore(source)))) {
      await this.inventory.addBare(layer);
      return "store";
    }
    node.holds = holds(head);
    return "nothing";
  }

  private async lookIntoPartition(
    disk: Layer,
    kind: "mbr" | "gpt",
    partition: Partition,
    surroundings: Surroundings,
  ): Promise<void> {
    const { number, type, extended } = partition;
    const name = `partition ${number}`;
    const source = partitionSource(disk.source, partition);
    if (partition.offset + partition.bytes > disk.source.size) this.tree.lacking.add(source);
    const node = { kind: "partition" as const, name, step: `${kind} ${number}`, type };
    const layer = this.tree.under(disk, source, node, [name]);
    // An extended partition is the logical ones once more, and EEh the whole disk.
    const opened = extended || type === "ee" ? null : await this.opening.open(layer);
    const found = opened && (await this.lookInside(opened, true, surroundings));
    if (found === null || found === "nothing") {
      this.inventory.addOther(opened?.layer ?? layer, `${kind} ${type}`);
    }
  }

  private async lookIntoVolume(
    placed: PlacedVolume,
    all: readonly PlacedVolume[],
    pvs: FoundPv[],
  ): Promise<void> {
    const { volume, node, layer, store, isOrigin } = placed;
    if (layer && !volume.complete) this.tree.lacking.add(layer.source);
    if (store) {
      await this.inventory.addSnapshot(placed, store, all);
      return;
    }
    // What is out of sight is a part of a volume that is not, or LVM's own.
    const opened = layer && volume.visible ? await this.opening.open(layer) : null;
    const found = opened && (await this.lookInside(opened, !isOrigin, { inside: node, pvs }));
    if (found !== "store") this.inventory.addOther(placed, `lvm ${volume.kind}`);
  }
}

/** Without its table, a disk cannot be looked into. */
const LOST = ["gpt.none", "gpt.broken"];

/** Whether something known begins there: a table that leads to it is right. */
async function beginsWithSomething(source: BlockSource): Promise<boolean> {
  try {
    return holds((await readEnds(source)).head) !== null;
  } catch (error) {
    if (error instanceof SourceError && error.kind !== "changed") return false;
    throw error;
  }
}
