import type { PackedStore } from "../../protocol/machine.ts";
import type { ImageFile } from "../image-file.ts";
import type { Qcow2Header } from "./header.ts";
import { PACKED, readPacked } from "./packed.ts";

/** What stands behind the header, up to the end of the first cluster. */
export interface Extensions {
  backingName: string | null;
  /** "raw", "qcow2" …; null: not said. */
  backingFormat: string | null;
  dataFile: string | null;
  /** Names of the incompatible bits. */
  featureNames: ReadonlyMap<number, string>;
  /** null: it is no bundle. */
  packed: PackedStore | null;
}

const BACKING_FORMAT = 0xe2792aca;
const FEATURE_NAMES = 0x6803f857;
const DATA_FILE = 0x44415441;
const FEATURE_BYTES = 48;
const INCOMPATIBLE = 0;

export async function readExtensions(file: ImageFile, header: Qcow2Header): Promise<Extensions> {
  const { backing, headerLength, clusterBits } = header;
  const backingName = backing
    ? text(await file.read(backing.offset, backing.length, "the backing file's name"))
    : null;
  const found: Extensions = {
    ...{ backingName, backingFormat: null, dataFile: null },
    featureNames: new Map(),
    packed: null,
  };
  const end = Math.min(backing?.offset || 2 ** clusterBits, 2 ** clusterBits, file.size);
  if (end <= headerLength) return found;
  const view = await file.read(headerLength, end - headerLength, "its header extensions");
  for (let at = 0; at + 8 <= view.byteLength; ) {
    const type = view.getUint32(at);
    const length = view.getUint32(at + 4);
    if (type === 0) break;
    if (length > view.byteLength - at - 8) {
      file.damaged(`a header extension of ${length} bytes`, "one that ends in the first cluster");
    }
    const data = new DataView(view.buffer, view.byteOffset + at + 8, length);
    if (type === BACKING_FORMAT) found.backingFormat = text(data);
    if (type === DATA_FILE) found.dataFile = text(data);
    if (type === FEATURE_NAMES) found.featureNames = featureNames(data);
    if (type === PACKED) found.packed = readPacked(text(data));
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return found;
}

function featureNames(view: DataView): Map<number, string> {
  const names = new Map<number, string>();
  for (let at = 0; at + FEATURE_BYTES <= view.byteLength; at += FEATURE_BYTES) {
    if (view.getUint8(at) !== INCOMPATIBLE) continue;
    const name = new DataView(view.buffer, view.byteOffset + at + 2, FEATURE_BYTES - 2);
    names.set(view.getUint8(at + 1), text(name));
  }
  return names;
}

/** Up to the first NUL: names are padded with them, or not ended at all. */
export function text(view: DataView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
