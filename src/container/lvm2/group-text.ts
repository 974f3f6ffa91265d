import { parseConfigText, type Section } from "./config-text.ts";
import { countOf, listOf, sectionOf, sectionsIn, sizeOf, textOf } from "./section-reader.ts";
import { TextError } from "./tokens.ts";
import { readUuid } from "./uuid.ts";

/** What the text says of a volume group: read, but nothing of it looked up yet. */
export interface GroupText {
  name: string;
  uuid: string;
  seqno: number;
  extentBytes: number;
  devices: DeviceText[];
  volumes: VolumeText[];
}

export interface DeviceText {
  /** The text's own name for it: "pv0". */
  name: string;
  uuid: string;
  /** Where its first extent begins, in bytes: this rules, not the data area of its own header. */
  start: number;
  extents: number;
  /** As large as it was, in bytes; null where not said. */
  bytes: number | null;
  /** LVM has gone on without it: what it holds may be of before. */
  wasAway: boolean;
}

export interface VolumeText {
  name: string;
  uuid: string;
  status: ReadonlySet<string>;
  /** As many as there should be; null where not said. */
  segmentCount: number | null;
  /** In the order of the text. */
  segments: Section[];
}

export type GroupTextRead = { ok: true; value: GroupText } | { ok: false; why: string };

const SECTOR = 512;

/** @returns why where the text does not describe a group. */
export function readGroupText(text: string): GroupTextRead {
  try {
    return readGroup(parseConfigText(text));
  } catch (error) {
    if (error instanceof TextError) return { ok: false, why: error.message };
    throw error;
  }
}

function readGroup(root: Section): GroupTextRead {
  const refused = (why: string): GroupTextRead => ({ ok: false, why });
  // Whatever its name: values stand beside it, no other section does (import_vsn1.c, _vsn1_read_vg).
  const [group] = sectionsIn(root);
  if (!group) return refused("it has no section for a volume group");
  if (!isName(group.name)) return refused("no volume group can be called that");
  const format = textOf(root, "contents");
  if (format !== "Text Format Volume Group" || countOf(root, "version") !== 1) {
    return refused("it does not say that it is a volume group of version 1");
  }
  const uuid = readUuid(textOf(group, "id"));
  const seqno = countOf(group, "seqno");
  const extentBytes = (countOf(group, "extent_size") ?? 0) * SECTOR;
  if (!uuid || seqno === null || extentBytes === 0) {
    return refused(`the volume group ${group.name} has no id, seqno or extent_size`);
  }
  const devices: DeviceText[] = [];
  for (const section of sectionsIn(sectionOf(group, "physical_volumes"))) {
    const device = readDevice(section);
    if (!device) return refused(`the physical volume ${section.name.slice(0, 127)} makes no sense`);
    devices.push(device);
  }
  const volumes: VolumeText[] = [];
  for (const section of sectionsIn(sectionOf(group, "logical_volumes"))) {
    if (!isName(section.name)) return refused("it has a logical volume that none can be called");
    volumes.push(readVolume(section));
  }
  return { ok: true, value: { name: group.name, uuid, seqno, extentBytes, devices, volumes } };
}

/** lvm(8): letters, digits and + _ . -, up to 127 of them, and no way to another folder. */
function isName(name: string): boolean {
  return /^[A-Za-z0-9+_.][A-Za-z0-9+_.-]{0,126}$/.test(name) && name !== "." && name !== "..";
}

function readDevice(section: Section): DeviceText | null {
  const uuid = readUuid(textOf(section, "id"));
  const start = sizeOf(section, "pe_start");
  const extents = countOf(section, "pe_count");
  const bytes = sizeOf(section, "dev_size");
  if (!isName(section.name) || !uuid || start === null || extents === null) return null;
  if (!Number.isSafeInteger(start * SECTOR)) return null;
  return {
    name: section.name,
    uuid,
    start: start * SECTOR,
    extents,
    bytes: bytes === null ? null : bytes * SECTOR,
    wasAway: flagsOf(section).has("MISSING"),
  };
}

function readVolume(section: Section): VolumeText {
  return {
    name: section.name,
    uuid: readUuid(textOf(section, "id")) ?? "",
    status: flagsOf(section),
    segmentCount: countOf(section, "segment_count"),
    segments: sectionsIn(section),
  };
}

/** `status` and `flags`: which of the two holds a flag depends on the version that wrote it. */
function flagsOf(section: Section): ReadonlySet<string> {
  const flags = [...listOf(section, "status"), ...listOf(section, "flags")];
  return new Set(flags.filter((flag) => typeof flag === "string"));
}
