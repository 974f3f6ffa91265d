import { signatureIn } from "../protocol/lookalike.ts";

/** What begins with these bytes, as blkid(8) calls it; null where nothing is known of it. */
export function holds(head: Uint8Array): string | null {
  const id = signatureIn(head)?.id ?? null;
  return id === "ext4" ? extVersion(head) : id;
}

const SUPERBLOCK = 1024;
const HAS_JOURNAL = 0x4;
/** Features that only ext4 knows (ext4.h of e2fsprogs): extents, 64bit, flex_bg and those above. */
const EXT4_ONLY = ~0x3f;

function extVersion(head: Uint8Array): string {
  if (head.length < SUPERBLOCK + 0x64) return "ext4";
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const incompat = view.getUint32(SUPERBLOCK + 0x60, true);
  if ((incompat & EXT4_ONLY) !== 0) return "ext4";
  return view.getUint32(SUPERBLOCK + 0x5c, true) & HAS_JOURNAL ? "ext3" : "ext2";
}
