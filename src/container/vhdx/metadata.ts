import type { ImageFile } from "../image-file.ts";
import { crc32c } from "./crc32c.ts";
import { guidAt } from "./vhdx-header.ts";

/** Where a thing lies in the file, in bytes. */
export interface Region {
  offset: number;
  length: number;
}

/** What the disk in a VHDX is like. */
export interface VhdxDisk {
  size: number;
  blockBytes: number;
  logicalSector: number;
  /** It lies over another one. */
  hasParent: boolean;
  table: Region;
}

const REGION_TABLES = [192 << 10, 256 << 10];
const REGION_TABLE_BYTES = 64 << 10;
/** "regi", and "metadata" */
const REGIONS = 0x69676572;
const METADATA = 0x617461646174656dn;
const CHECKSUM_AT = 4;
const MOST_ENTRIES = 2047;

/** GUIDs, as their bytes stand in the file. */
const BAT_REGION = "6677c22d23f600429d64115e9bfd4a08";
const METADATA_REGION = "06a27c8b90479a4bb8fe575f050f886e";
const FILE_PARAMETERS = "3767a1ca36fa434db3b633f0aa44e76b";
const DISK_SIZE = "2442a52f1bcd7648b2115dbed83bf4b8";
const LOGICAL_SECTOR = "1dbf41816fa90947ba47f233a8faab5f";
const PHYSICAL_SECTOR = "c748a3cd5d4471449cc9e9885251c556";
const DISK_ID = "ab12cabee6b2234593efc309e000c746";
const PARENT_LOCATOR = "2d5fd3a80bb34d45abf7d3d84834ab0c";
const KNOWN_ITEMS = [
  ...[FILE_PARAMETERS, DISK_SIZE, LOGICAL_SECTOR, PHYSICAL_SECTOR, DISK_ID, PARENT_LOCATOR],
];

/** Reads what stands at fixed places, after the log was replayed. Refuses what it must not guess. */
export async function readDisk(file: ImageFile): Promise<VhdxDisk> {
  const regions = await readRegions(file);
  const table = regions.get(BAT_REGION) ?? file.damaged("no region for its block table", "one");
  const metadata = regions.get(METADATA_REGION) ?? file.damaged("no region for metadata", "one");
  const items = await readItems(file, metadata);
  const item = (guid: string, length: number, what: string) => {
    const found = items.get(guid) ?? file.damaged(`${what} is not said`, "an item of metadata");
    return file.read(metadata.offset + found.offset, length, what);
  };
  const parameters = await item(FILE_PARAMETERS, 8, "the block size");
  const size = await item(DISK_SIZE, 8, "the size of the disk");
  const sector = await item(LOGICAL_SECTOR, 4, "the sector size");
  return {
    size: file.number(size.getBigUint64(0, true), Number.MAX_SAFE_INTEGER, "the size of the disk"),
    blockBytes: parameters.getUint32(0, true),
    hasParent: (parameters.getUint32(4, true) & 2) !== 0,
    logicalSector: sector.getUint32(0, true),
    table,
  };
}

/** The first of the two tables whose checksum is right. */
async function readRegions(file: ImageFile): Promise<Map<string, Region>> {
  for (const place of REGION_TABLES) {
    if (place + REGION_TABLE_BYTES > file.size) continue;
    const view = await file.read(place, REGION_TABLE_BYTES, "a region table");
    if (view.getUint32(0, true) !== REGIONS) continue;
    if (crc32c(view, CHECKSUM_AT) === view.getUint32(CHECKSUM_AT, true))
      return regionsIn(file, view);
  }
  return file.damaged("no region table with a checksum that is right", "one of two");
}

function regionsIn(file: ImageFile, view: DataView): Map<string, Region> {
  const found = new Map<string, Region>();
  const count = file.number(BigInt(view.getUint32(8, true)), MOST_ENTRIES, "the number of regions");
  for (let i = 0; i < count; i++) {
    const at = 16 + i * 32;
    const guid = guidAt(view, at);
    const isRequired = view.getUint32(at + 28, true) & 1;
    if (guid === BAT_REGION || guid === METADATA_REGION) {
      const offset = view.getBigUint64(at + 16, true);
      found.set(guid, {
        offset: file.number(offset, Number.MAX_SAFE_INTEGER, "the place of a region"),
        length: view.getUint32(at + 24, true),
      });
    } else if (isRequired) refuseUnknown(file, "region", guid);
  }
  return found;
}

async function readItems(file: ImageFile, { offset }: Region): Promise<Map<string, Region>> {
  const found = new Map<string, Region>();
  const view = await file.read(offset, 64 << 10, "its metadata");
  if (view.getBigUint64(0, true) !== METADATA)
    file.damaged("no metadata where it should be", "some");
  const count = file.number(BigInt(view.getUint16(10, true)), MOST_ENTRIES, "the number of items");
  for (let i = 0; i < count; i++) {
    const at = 32 + i * 32;
    const guid = guidAt(view, at);
    const region = { offset: view.getUint32(at + 16, true), length: view.getUint32(at + 20, true) };
    if (KNOWN_ITEMS.includes(guid)) found.set(guid, region);
    else if (view.getUint32(at + 24, true) & 4) refuseUnknown(file, "item of metadata", guid);
  }
  return found;
}

function refuseUnknown(file: ImageFile, what: string, guid: string): never {
  return file.refuse({
    code: "feature",
    message: `it needs a ${what} that is not known here (${guid})`,
    expected: "none but those of version 1 of the format",
    found: guid,
    todo: "Convert it with the program that wrote it.",
  });
}
