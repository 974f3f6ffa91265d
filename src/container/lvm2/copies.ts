import { type GroupText, type GroupTextRead, readGroupText } from "./group-text.ts";
import type { PhysicalVolume } from "./physical-volume.ts";
import type { Lvm2Problem } from "./problems.ts";

/** A description of a group, and where it was found. */
export interface Copy {
  pv: PhysicalVolume;
  text: string;
  group: GroupText;
}

/** All that describe a group; the same text is read once, however many disks hold it. */
export function readCopies(pvs: readonly PhysicalVolume[], problems: Lvm2Problem[]): Copy[] {
  const read = new Map<string, GroupTextRead>();
  const copies: Copy[] = [];
  for (const pv of pvs) {
    for (const text of pv.texts) {
      const found = read.get(text) ?? readGroupText(text);
      read.set(text, found);
      if (found.ok) copies.push({ pv, text, group: found.value });
      else problems.push(unreadable(pv, found.why));
    }
  }
  return copies;
}

/** The one with the highest seqno rules: a disk that was away has an older one. */
export function newestOf(copies: readonly Copy[], problems: Lvm2Problem[]): Copy {
  const newest = copies.reduce((best, copy) => (copy.group.seqno > best.group.seqno ? copy : best));
  for (const copy of copies) {
    if (copy.group.seqno < newest.group.seqno) problems.push(older(copy, newest));
    else if (copy.text !== newest.text) problems.push(different(copy, newest));
  }
  return newest;
}

function unreadable(pv: PhysicalVolume, why: string): Lvm2Problem {
  return {
    code: "lvm.metadata-text",
    message: `The text that describes the volume group cannot be understood: ${why}`,
    where: pv.where,
    expected: "a description in LVM's text format",
    found: why,
    todo: "Each disk of the group holds the text, some hold it twice: hand over all of them. Earlier ones lie in /etc/lvm/archive of the machine.",
  };
}

function older({ pv, group }: Copy, newest: Copy): Lvm2Problem {
  return {
    code: "lvm.seqno",
    message: `This disk was away when ${group.name} was changed: its description is older`,
    where: pv.where,
    expected: `seqno ${newest.group.seqno}, as on ${newest.pv.where}`,
    found: `seqno ${group.seqno}`,
    todo: "What lies on it may be out of date too. Check whether there is a newer copy of this disk.",
  };
}

function different({ pv, group }: Copy, newest: Copy): Lvm2Problem {
  return {
    code: "lvm.same-seqno",
    message: `Two descriptions of ${group.name} differ and are equally new; that of ${newest.pv.where} is used`,
    where: pv.where,
    expected: `one description with seqno ${group.seqno}`,
    found: "another one",
    todo: "If the disks were copied at different times or belong to different machines, hand over those that belong together only.",
  };
}
