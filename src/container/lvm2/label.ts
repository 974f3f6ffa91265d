import { checksumOf } from "./crc.ts";
import type { Lvm2Problem } from "./problems.ts";
import { formatUuid } from "./uuid.ts";

export const SECTOR = 512;
/** Of these the first with a good label counts (lib/label/label.h, LABEL_SCAN_SECTORS). */
export const LABEL_SECTORS = 4;

/** A run of the device, in bytes; `length` 0 in a list of data areas: up to the end. */
export interface Area {
  offset: number;
  length: number;
}

/** What the label sector says of a PV. */
export interface PvHeader {
  sector: number;
  uuid: string;
  /** In bytes, as it was when the PV was made. */
  deviceBytes: number;
  metadataAreas: Area[];
  /** Whether a volume group uses it; null: written by an LVM that did not say so. */
  used: boolean | null;
}

export type LabelFound =
  | { kind: "none" }
  | { kind: "bad"; problem: Lvm2Problem }
  | { kind: "good"; header: PvHeader };

const ascii = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/** `struct pv_header_extension`: from its version 2 on, its flags count. */
const PV_EXT_USED = 1;

/**
 * Looks for the label as LVM does (label.c, _find_lvm_header).
 * @param head the first 2048 bytes, or all there are.
 */
export function findLabel(head: Uint8Array, where: string): LabelFound {
  let bad: LabelFound = { kind: "none" };
  for (let sector = 0; sector < LABEL_SECTORS; sector++) {
    const bytes = head.subarray(sector * SECTOR, (sector + 1) * SECTOR);
    if (bytes.length < SECTOR || ascii(bytes.subarray(0, 8)) !== "LABELONE") continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, SECTOR);
    if (ascii(bytes.subarray(24, 32)) !== "LVM2 001") continue;
    const found = readSector(bytes, view, sector, where);
    if (found.kind === "good") return found;
    if (bad.kind === "none") bad = found;
  }
  return bad;
}

function readSector(
  bytes: Uint8Array,
  view: DataView,
  sector: number,
  where: string,
): Exclude<LabelFound, { kind: "none" }> {
  const says = view.getBigUint64(8, true);
  if (says !== BigInt(sector)) {
    return bad(where, sector, `it to be for sector ${sector}`, `it is for sector ${says}`);
  }
  const crc = view.getUint32(16, true);
  const right = checksumOf(bytes.subarray(20));
  if (crc !== right) {
    return bad(where, sector, `checksum 0x${hex(crc)}`, `its bytes give 0x${hex(right)}`);
  }
  const header = readPvHeader(bytes, view, sector);
  if (header) return { kind: "good", header };
  return {
    kind: "bad",
    problem: {
      code: "lvm.pv-header",
      message: "The header of this LVM physical volume makes no sense",
      where: `${where}, sector ${sector}`,
      expected: "its lists of areas to end inside their sector",
      found: "no end of them",
      todo: "The group can still be read from its other disks, but for what lies on this one.",
    },
  };
}

function bad(where: string, sector: number, expected: string, found: string) {
  const problem: Lvm2Problem = {
    code: "lvm.label",
    message: "The label of this LVM physical volume is damaged; LVM passes it over",
    where: `${where}, sector ${sector}`,
    expected,
    found,
    todo: "Check that this copy begins where the disk or partition begins. The group can still be read from its other disks, but for what lies on this one.",
  };
  return { kind: "bad" as const, problem };
}

const hex = (crc: number) => crc.toString(16).padStart(8, "0");

/** Null where its lists do not end inside the sector. */
function readPvHeader(bytes: Uint8Array, view: DataView, sector: number): PvHeader | null {
  const start = view.getUint32(20, true);
  if (start < 32 || start > SECTOR - 40) return null;
  const lists = new AreaLists(view, start + 40);
  const dataAreas = lists.next();
  const metadataAreas = dataAreas && lists.next();
  const deviceBytes = Number(view.getBigUint64(start + 32, true));
  if (!metadataAreas || !Number.isSafeInteger(deviceBytes)) return null;
  return {
    sector,
    uuid: formatUuid(ascii(bytes.subarray(start, start + 32))),
    deviceBytes,
    metadataAreas,
    used: usedFlag(view, lists.at),
  };
}

function usedFlag(view: DataView, at: number): boolean | null {
  if (at > SECTOR - 8 || view.getUint32(at, true) < 2) return null;
  return (view.getUint32(at + 4, true) & PV_EXT_USED) !== 0;
}

/** `struct disk_locn` after `struct disk_locn`; one with an offset of 0 ends a list. */
class AreaLists {
  constructor(
    private readonly view: DataView,
    public at: number,
  ) {}

  next(): Area[] | null {
    const areas: Area[] = [];
    while (this.at <= SECTOR - 16) {
      const offset = this.view.getBigUint64(this.at, true);
      const length = this.view.getBigUint64(this.at + 8, true);
      this.at += 16;
      if (offset === 0n) return areas;
      // What no number holds lies outside of every image all the same.
      areas.push({ offset: Number(offset), length: Number(length) });
    }
    return null;
  }
}
