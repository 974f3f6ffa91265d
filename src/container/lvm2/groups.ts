import type { ContainerProblem } from "../wrapper.ts";
import { chooseDevices } from "./choose-devices.ts";
import { type Copy, newestOf, readCopies } from "./copies.ts";
import { deviceLabel } from "./device.ts";
import { groupedBy } from "./grouped-by.ts";
import type { PhysicalVolume } from "./physical-volume.ts";
import type { Lvm2Problem } from "./problems.ts";
import { snapshotsOf } from "./snapshots.ts";
import type { VolumeGroup } from "./volume-group.ts";
import { volumesOf } from "./volumes.ts";

/**
 * Puts the physical volumes of one machine together: in any order, of several groups, some twice or
 * missing. Nothing is read: what `readPhysicalVolume` found is enough.
 */
export function assembleGroups(pvs: readonly PhysicalVolume[]): {
  groups: VolumeGroup[];
  problems: ContainerProblem[];
} {
  const problems: Lvm2Problem[] = pvs.flatMap((pv) => pv.problems);
  const groups: VolumeGroup[] = [];
  const claimed = new Set<string>();
  const copies = readCopies(pvs, problems);
  for (const ofGroup of groupedBy(copies, ({ group }) => group.uuid).values()) {
    const newest = newestOf(ofGroup, problems);
    groups.push(assemble(newest, ofGroup, pvs, problems));
    for (const { uuid } of newest.group.devices) claimed.add(uuid);
  }
  for (const pv of pvs) {
    if (pv.uuid === null || claimed.has(pv.uuid)) continue;
    const old = copies.find((copy) => copy.pv === pv);
    if (old) problems.push(left(pv, old));
    else if (pv.used || pv.ignoredAreas > 0) problems.push(withoutMetadata(pv));
  }
  problems.push(...sameNames(groups));
  return { groups, problems };
}

function assemble(
  { group }: Copy,
  copies: readonly Copy[],
  pvs: readonly PhysicalVolume[],
  problems: Lvm2Problem[],
): VolumeGroup {
  const devices = chooseDevices(group, copies, pvs, problems);
  const volumes = volumesOf(group, devices, problems);
  const { name, uuid, seqno, extentBytes } = group;
  return {
    name,
    uuid,
    seqno,
    extentBytes,
    missing: devices.flatMap(({ text, source }) => (source ? [] : deviceLabel(text))),
    volumes,
    snapshots: snapshotsOf(group, volumes, problems),
  };
}

function left(pv: PhysicalVolume, { group }: Copy): Lvm2Problem {
  return {
    code: "lvm.pv-left",
    message: `This disk has an older description of ${group.name}, and the newest does not list it`,
    where: pv.where,
    expected: `a disk of ${group.name}`,
    found: `PV UUID ${pv.uuid}, in the description with seqno ${group.seqno} only`,
    todo: "It was taken out of the group while it was away. To see what it held then, hand it over without the others.",
  };
}

function withoutMetadata(pv: PhysicalVolume): Lvm2Problem {
  const stale = "only an ignored metadata area, whose text is out of date";
  return {
    code: "lvm.no-metadata",
    message:
      "This disk belongs to a volume group, but no current description of it can be found in what was given",
    where: pv.where,
    expected: "the text that describes the group, on it or on another of its disks",
    found: pv.ignoredAreas > 0 ? stale : `none that can be used (PV UUID ${pv.uuid})`,
    todo: "Hand over the other disks of the group too: at least one of them holds the description.",
  };
}

function sameNames(groups: readonly VolumeGroup[]): Lvm2Problem[] {
  const names = groupedBy(groups, ({ name }) => name);
  return [...names].flatMap(([name, same]) => {
    if (same.length < 2) return [];
    return {
      code: "lvm.same-name" as const,
      message: `${same.length} volume groups are called ${name}`,
      where: name,
      expected: "names that differ on one machine",
      found: `the UUIDs ${same.map(({ uuid }) => uuid).join(" and ")}`,
      todo: "If the disks come from different machines, look into each machine's disks by themselves.",
    };
  });
}
