import type { FoundOrigin, MachineNode } from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";
import { joined, type Layer } from "./layer.ts";
import {
  assembleGroups,
  type LogicalVolume,
  type LvmSnapshot,
  type PhysicalVolume,
  type VolumeGroup,
} from "./lvm2/lvm2.ts";
import type { TreeBuilder } from "./tree-builder.ts";

/** A layer that begins with an LVM label. */
export interface FoundPv {
  layer: Layer;
  pv: PhysicalVolume;
  /** The volume that the machine's outer layers end with; null: it lies in the files themselves. */
  inside: MachineNode | null;
}

/** A volume in the tree; `layer` is null where its bytes cannot be put together. */
export interface PlacedVolume {
  volume: LogicalVolume;
  node: MachineNode;
  layers: readonly string[];
  path: readonly string[];
  layer: Layer | null;
  /** It is the store of this snapshot. */
  store: LvmSnapshot | null;
  /** It is the origin of a snapshot. */
  isOrigin: boolean;
}

/** The volumes of all groups that these physical volumes make up. */
export function placeGroups(tree: TreeBuilder, pvs: readonly FoundPv[]): PlacedVolume[] {
  return assemblies(pvs).flatMap(({ pvs, groups, problems }) => {
    for (const problem of problems) tree.tell(problem, problem.code === "lvm.no-metadata");
    return groups.flatMap((group) => placeGroup(tree, group, pvs));
  });
}

interface Assembly extends ReturnType<typeof assembleGroups> {
  pvs: readonly FoundPv[];
}

/**
 * All files are of one machine. What lies in volumes are guests, and those cloned from one template
 * have the same UUIDs: each volume is put together by itself, and with others where it is part of a
 * group only.
 */
function assemblies(pvs: readonly FoundPv[]): Assembly[] {
  const guests = new Map<MachineNode | null, FoundPv[]>();
  for (const pv of pvs) guests.set(pv.inside, [...(guests.get(pv.inside) ?? []), pv]);
  const alone = [...guests.values()].map(assemble);
  const parts = alone.filter(({ groups, problems }) => isPart(groups, problems));
  if (parts.length < 2) return alone;
  const together = assemble(parts.flatMap((part) => part.pvs));
  const fits = !together.problems.some(({ code }) => code === "lvm.pv-twice");
  return fits ? [...alone.filter((one) => !parts.includes(one)), together] : alone;
}

function isPart(groups: readonly VolumeGroup[], problems: Assembly["problems"]): boolean {
  const lost = problems.some(({ code }) => code === "lvm.no-metadata");
  return lost || groups.some(({ missing }) => missing.length > 0);
}

function assemble(pvs: readonly FoundPv[]): Assembly {
  return { pvs, ...assembleGroups(pvs.map(({ pv }) => pv)) };
}

function placeGroup(
  tree: TreeBuilder,
  group: VolumeGroup,
  pvs: readonly FoundPv[],
): PlacedVolume[] {
  const devices = new Set(group.volumes.flatMap(({ source }) => source?.children ?? []));
  const under = layersOf(pvs, devices);
  const node = tree.add(nodesOf(under), null, {
    kind: "group",
    name: group.name,
    step: `lvm ${group.name}`,
    why: group.missing.length > 0 ? `${group.missing.join(", ")} is missing` : null,
  });
  const stores = new Map(group.snapshots.map((snapshot) => [snapshot.cow, snapshot]));
  const origins = new Set(group.snapshots.map(({ origin }) => origin));
  return group.volumes.map((volume) => {
    const own = layersOf(pvs, new Set(volume.source?.children));
    const below = own.length > 0 ? own : under;
    const name = `${group.name}/${volume.name}`;
    const layers = [...joined(below.map((layer) => layer.layers)), name];
    const path = [...joined(below.map((layer) => layer.path)), `lvm ${name}`];
    const { source } = volume;
    const placed = tree.add([node], source, {
      kind: "volume",
      name,
      step: `lvm ${name}`,
      bytes: volume.bytes,
      type: volume.kind,
      why: volume.why,
      hidden: !volume.visible,
    });
    return {
      volume,
      node: placed,
      layers,
      path,
      layer: source && { node: placed, source, layers, path },
      store: stores.get(volume) ?? null,
      isOrigin: origins.has(volume),
    };
  });
}

/** The layers with these devices; all, where a group has nothing on any of them. */
function layersOf(pvs: readonly FoundPv[], devices: ReadonlySet<BlockSource>): Layer[] {
  return pvs.filter(({ pv }) => devices.has(pv.source)).map(({ layer }) => layer);
}

const nodesOf = (layers: readonly Layer[]): MachineNode[] => layers.map(({ node }) => node);

/** @param holes whether bytes of a source are missing, however deep. */
export async function originOf(
  { origin, originComplete }: LvmSnapshot,
  placed: readonly PlacedVolume[],
  holes: (source: BlockSource) => Promise<string[]>,
): Promise<FoundOrigin | null> {
  const found = placed.find(({ volume }) => volume === origin);
  if (!origin || !found) return null;
  const { source, complete, kind, bytes } = origin;
  const whole = source !== null && complete && (await holes(source)).length === 0;
  return {
    node: found.node.id,
    name: found.node.name,
    bytes,
    type: kind,
    complete: originComplete && whole,
    readable: whole,
  };
}
