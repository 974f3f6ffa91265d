import type { Copy } from "./copies.ts";
import { deviceLabel } from "./device.ts";
import type { DeviceText, GroupText } from "./group-text.ts";
import { groupedBy } from "./grouped-by.ts";
import type { PhysicalVolume } from "./physical-volume.ts";
import type { Lvm2Problem } from "./problems.ts";
import type { GivenDevice } from "./volumes.ts";

/** Which of what was given is each device of the group: by UUID, whatever it is called. */
export function chooseDevices(
  group: GroupText,
  copies: readonly Copy[],
  pvs: readonly PhysicalVolume[],
  problems: Lvm2Problem[],
): GivenDevice[] {
  const byUuid = groupedBy(pvs, ({ uuid }) => uuid);
  const seqnos = new Map<PhysicalVolume, number>();
  for (const { pv, group } of copies) {
    seqnos.set(pv, Math.max(group.seqno, seqnos.get(pv) ?? -1));
  }
  return group.devices.map((text) => {
    const found = byUuid.get(text.uuid) ?? [];
    const chosen = found.reduce<PhysicalVolume | null>(
      (best, pv) => (best && (seqnos.get(best) ?? -1) >= (seqnos.get(pv) ?? -1) ? best : pv),
      null,
    );
    if (!chosen) {
      problems.push(missing(text, group));
      return { text, size: null, source: null };
    }
    for (const other of found) if (other !== chosen) problems.push(twice(text, chosen, other));
    const { source } = chosen;
    const needed = text.start + text.extents * group.extentBytes;
    if (source.size < needed) problems.push(tooShort(text, chosen, needed));
    if (text.wasAway) problems.push(wasAway(text, chosen, group));
    return { text, size: source.size, source };
  });
}

function missing(text: DeviceText, { name }: GroupText): Lvm2Problem {
  return {
    code: "lvm.pv-missing",
    message: `A disk of the volume group ${name} is missing: ${text.name}`,
    where: name,
    expected: `the physical volume ${deviceLabel(text)}`,
    found: "none with this UUID in what was given",
    todo: "Hand it over together with the others. Volumes that do not lie on it can be read all the same.",
  };
}

function twice(text: DeviceText, chosen: PhysicalVolume, other: PhysicalVolume): Lvm2Problem {
  const same =
    chosen.source.size === other.source.size &&
    chosen.texts.length === other.texts.length &&
    chosen.texts.every((one, i) => one === other.texts[i]);
  const taken = `${chosen.where} is read`;
  return {
    code: "lvm.pv-twice",
    message: same
      ? `The physical volume ${text.name} was given twice, with the same label and description; ${taken}`
      : `Two disks claim to be the physical volume ${text.name}, and differ; ${taken}`,
    where: other.where,
    expected: `one disk with the UUID ${text.uuid}`,
    found: `${chosen.where} and ${other.where}`,
    todo: "They are copies of each other: two paths to one disk, legs of a mirror, or clones. Hand over only the one to be looked at.",
  };
}

function tooShort(
  text: DeviceText,
  { source, where }: PhysicalVolume,
  needed: number,
): Lvm2Problem {
  return {
    code: "lvm.pv-short",
    message: `The end of the physical volume ${text.name} is not there`,
    where,
    expected: `at least ${needed} bytes, up to the end of its last extent`,
    found: `${source.size} bytes`,
    todo: "The copy broke off, or the partition was made smaller. Copy the whole disk; volumes that lie before the end can be read all the same.",
  };
}

function wasAway(text: DeviceText, { where }: PhysicalVolume, { name }: GroupText): Lvm2Problem {
  return {
    code: "lvm.pv-was-away",
    message: `The volume group ${name} was changed and used without the physical volume ${text.name}: what it holds may be out of date`,
    where,
    expected: "no disk marked as MISSING",
    found: `${deviceLabel(text)} is marked`,
    todo: "LVM itself does not use it until it is told to. Check which of its volumes were written to while it was away.",
  };
}
