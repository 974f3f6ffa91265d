import type { Range } from "../../source/block-source.ts";
import { isDots } from "../dots.ts";
import type { DirectoryEntry } from "../file-system.ts";
import { Invalid } from "../invalid.ts";
import { typeOfEntry } from "../modes.ts";

const HEADER = 8;

/**
 * The entries of a block (struct ext4_dir_entry_2), held to what ext4_check_dir_entry() holds them
 * to. Blocks of an htree's index look like one unused entry. @throws Invalid, behind what was sound.
 */
export function* entriesOf(
  bytes: Uint8Array,
  block: Range,
  fileType: boolean,
): Generator<DirectoryEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + HEADER <= bytes.length; ) {
    const length = recordLength(view.getUint16(at + 4, true), bytes.length);
    const inode = view.getUint32(at, true);
    const nameLength = view.getUint8(at + 6);
    const needed = (HEADER + nameLength + 3) & ~3;
    if (length < needed || length % 4 !== 0 || at + length > bytes.length) {
      throw new Invalid(`an entry at byte ${at} of its block is ${length} bytes long`);
    }
    const name = bytes.subarray(at + HEADER, at + HEADER + nameLength);
    if (inode !== 0 && !isDots(name)) {
      const type = fileType ? typeOfEntry(view.getUint8(at + 7)) : "unknown";
      yield { name: name.slice(), inode: BigInt(inode), type, block };
    }
    at += length;
  }
}

/** ext4_rec_len_from_disk(): 64 KiB do not fit in 16 bits. */
function recordLength(stored: number, blockBytes: number): number {
  if (stored === 0xffff || stored === 0) return blockBytes > 0xfffc ? blockBytes : stored;
  return (stored & 0xfffc) | ((stored & 3) << 16);
}
