import type { ImageFile } from "../image-file.ts";

/** One line of the extent description: a part of the disk, and the file that holds it. */
export interface ExtentLine {
  access: string;
  /** In bytes, of the disk. */
  length: number;
  /** FLAT, SPARSE, ZERO, VMFS, VMFSSPARSE … */
  type: string;
  /** null where a part has no file: ZERO. */
  name: string | null;
  /** In the file, in bytes; of FLAT and VMFS. */
  offset: number;
}

/** The text that describes a VMDK. */
export interface Descriptor {
  /** Changes with every write to the disk. */
  contentId: string | null;
  /** Of the parent when this overlay was made; null: it is no overlay. */
  parentId: string | null;
  parentName: string | null;
  extents: ExtentLine[];
}

const TITLE = /^\ufeff?\s*# *disk descriptorfile/i;
const EXTENT = /^(RW|RDONLY|NOACCESS)\s+(\d+)\s+([A-Z0-9]+)(?:\s+"([^"]*)"(?:\s+(\d+))?)?/i;
const SETTING = /^([A-Za-z0-9_.]+)\s*=\s*"?([^"]*?)"?$/;
const NO_PARENT = "ffffffff";
const SECTOR = 512;
/** Parts of 2 GiB of the largest disk, 64 TiB. */
const MOST_EXTENTS = 32_768;

export function isDescriptor(head: Uint8Array): boolean {
  return TITLE.test(new TextDecoder("latin1").decode(head.subarray(0, 64)));
}

export function parseDescriptor(file: ImageFile, bytes: Uint8Array): Descriptor {
  const settings = new Map<string, string>();
  const extents: ExtentLine[] = [];
  for (const line of decoded(bytes).split(/\r\n|\r|\n/)) {
    const extent = EXTENT.exec(line.trim());
    if (extents.length > MOST_EXTENTS) file.damaged("far too many extents", `${MOST_EXTENTS}`);
    if (extent) extents.push(extentLine(file, extent));
    else {
      const [, key, value] = SETTING.exec(line.trim()) ?? [];
      if (key !== undefined) settings.set(key.toLowerCase(), value ?? "");
    }
  }
  const parentId = settings.get("parentcid")?.toLowerCase() ?? NO_PARENT;
  return {
    contentId: settings.get("cid")?.toLowerCase() ?? null,
    parentId: parentId === NO_PARENT ? null : parentId,
    parentName: settings.get("parentfilenamehint") ?? null,
    extents,
  };
}

/** Up to the first NUL. Not all writers wrote UTF-8, whatever they say. */
function decoded(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    return new TextDecoder("windows-1252").decode(text);
  }
}

function extentLine(file: ImageFile, match: RegExpExecArray): ExtentLine {
  const [, access = "", sectors = "0", type = "", name, offset = "0"] = match;
  const bytes = (digits: string, what: string) =>
    file.number(BigInt(digits.slice(0, 30)) * BigInt(SECTOR), Number.MAX_SAFE_INTEGER, what);
  return {
    access: access.toUpperCase(),
    length: bytes(sectors, "the size of an extent"),
    type: type.toUpperCase(),
    name: name ?? null,
    offset: bytes(offset, "the place of an extent"),
  };
}
