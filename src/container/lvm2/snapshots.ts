import type { GroupText, VolumeText } from "./group-text.ts";
import type { Lvm2Problem } from "./problems.ts";
import { countOf, textOf } from "./section-reader.ts";
import { segmentsOf } from "./segments.ts";
import type { LogicalVolume, LvmSnapshot } from "./volume-group.ts";
import { kindOf } from "./volumes.ts";

/**
 * LVM keeps a snapshot as a volume `snapshotN` with one segment, which holds nothing and names the
 * volumes that belong together (lib/snapshot/snapshot.c, _snap_text_import).
 */
export function snapshotsOf(
  group: GroupText,
  volumes: readonly LogicalVolume[],
  problems: Lvm2Problem[],
): LvmSnapshot[] {
  const byName = new Map(volumes.map((volume) => [volume.name, volume]));
  const snapshots = new Map<string, LvmSnapshot>();
  for (const text of group.volumes) {
    if (kindOf(text) !== "snapshot") continue;
    const where = `${group.name}/${text.name}`;
    const read = readSnapshot(text, group, byName);
    if (typeof read === "string") problems.push(snapshotProblem(where, read));
    else if (snapshots.has(read.cow.name)) {
      problems.push(snapshotProblem(where, `${read.cow.name} is the store of two snapshots`));
    } else {
      snapshots.set(read.cow.name, read);
      if (!read.origin) problems.push(snapshotProblem(where, "its origin is not in the group"));
    }
  }
  return [...snapshots.values()];
}

/** @returns why where the text cannot be. */
function readSnapshot(
  text: VolumeText,
  { extentBytes }: GroupText,
  byName: ReadonlyMap<string, LogicalVolume>,
): LvmSnapshot | string {
  const [segment, second] = segmentsOf(text);
  if (!segment || second) return "it has more than one segment";
  const { section, extents } = segment;
  const kept = textOf(section, "cow_store");
  const merging = textOf(section, "merging_store");
  if (kept !== null && merging !== null) return "it is said to be merged and to be kept";
  const cow = byName.get(kept ?? merging ?? "");
  if (!cow) return "its COW device is not in the group";
  const chunkSectors = countOf(section, "chunk_size");
  if (!chunkSectors) return "its chunk size is not said";
  const origin = byName.get(textOf(section, "origin") ?? "") ?? null;
  const bytes = extents * extentBytes;
  if (!Number.isSafeInteger(bytes)) return "it is larger than any disk";
  return {
    cow,
    origin,
    originComplete: origin !== null && origin.source !== null && origin.complete && origin.plain,
    virtualOrigin: origin !== null && origin.kind === "zero" && !origin.visible,
    bytes,
    chunkSectors,
    merging: merging !== null,
  };
}

function snapshotProblem(where: string, found: string): Lvm2Problem {
  return {
    code: "lvm.snapshot",
    message: `What the volume group's description says of a snapshot cannot be: ${found}`,
    where,
    expected: "an origin, a COW device and a chunk size",
    found,
    todo: "LVM refuses a description with such a thing in it as a whole. Earlier ones lie in /etc/lvm/archive of the machine.",
  };
}
