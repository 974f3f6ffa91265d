import type { Inode } from "../file-system.ts";
import { Invalid } from "../invalid.ts";
import { blockField, extraBytes } from "./inode.ts";

const XATTR_MAGIC = 0xea020000;
/** EXT4_XATTR_INDEX_SYSTEM, and its attribute "data": where content goes on (fs/ext4/inline.c). */
const SYSTEM = 7;
const DATA = [0x64, 0x61, 0x74, 0x61];

/** Both parts of what lies in the inode: i_block, and the attribute behind. @throws Invalid */
export function inlineParts(inode: Inode): [Uint8Array, Uint8Array] {
  return [blockField(inode), attribute(inode.bytes)];
}

export function inlineContent(inode: Inode): Uint8Array {
  const [first, more] = inlineParts(inode);
  const bytes = new Uint8Array(first.length + more.length);
  bytes.set(first);
  bytes.set(more, first.length);
  if (inode.size > BigInt(bytes.length)) {
    throw new Invalid(`it has ${inode.size} bytes, of which the inode holds ${bytes.length}`);
  }
  return bytes.subarray(0, Number(inode.size));
}

/** struct ext4_xattr_entry, one after the other until one begins with zeros. */
function attribute(view: DataView): Uint8Array {
  const header = 128 + extraBytes(view);
  const first = header + 4;
  const nothing = new Uint8Array(0);
  if (first + 16 > view.byteLength || view.getUint32(header, true) !== XATTR_MAGIC) return nothing;
  for (let at = first; at + 16 <= view.byteLength && view.getUint32(at, true) !== 0; ) {
    const nameLength = view.getUint8(at);
    const isData =
      view.getUint8(at + 1) === SYSTEM &&
      nameLength === DATA.length &&
      at + 20 <= view.byteLength &&
      DATA.every((byte, i) => view.getUint8(at + 16 + i) === byte);
    if (isData) {
      const offset = first + view.getUint16(at + 2, true);
      const length = view.getUint32(at + 8, true);
      if (view.getUint32(at + 4, true) !== 0 || offset + length > view.byteLength) {
        throw new Invalid("its attribute system.data is not inside the inode");
      }
      return new Uint8Array(view.buffer, view.byteOffset + offset, length);
    }
    at += (16 + nameLength + 3) & ~3;
  }
  return nothing;
}
