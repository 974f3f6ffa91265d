/** What a file that is no COW store may be instead: enough to say so, no more. */
export interface Signature {
  /** With its article, for a sentence. */
  name: string;
  /** "xfs": as blkid(8) calls it, where it does. */
  id: string;
  offset: number;
  /** Latin-1. */
  bytes: string;
}

/** Bytes from the start of an image in which every signature below lies. */
export const LOOKALIKE_BYTES = 65_608;

const SIGNATURES: readonly Signature[] = [
  { name: "an LVM physical volume", id: "LVM2", offset: 512, bytes: "LABELONE" },
  { name: "an LVM physical volume", id: "LVM2", offset: 0, bytes: "LABELONE" },
  { name: "an LVM physical volume", id: "LVM2", offset: 1024, bytes: "LABELONE" },
  { name: "an LVM physical volume", id: "LVM2", offset: 1536, bytes: "LABELONE" },
  { name: "a disk with a GPT partition table", id: "gpt", offset: 512, bytes: "EFI PART" },
  { name: "a qcow2 disk image", id: "qcow2", offset: 0, bytes: "QFI\xfb" },
  { name: "a gzip-compressed file", id: "gzip", offset: 0, bytes: "\x1f\x8b" },
  { name: "a zstd-compressed file", id: "zstd", offset: 0, bytes: "\x28\xb5\x2f\xfd" },
  { name: "an xz-compressed file", id: "xz", offset: 0, bytes: "\xfd7zXZ\0" },
  { name: "a bzip2-compressed file", id: "bzip2", offset: 0, bytes: "BZh" },
  { name: "a zip archive", id: "zip", offset: 0, bytes: "PK\x03\x04" },
  { name: "a LUKS encrypted volume", id: "crypto_LUKS", offset: 0, bytes: "LUKS\xba\xbe" },
  { name: "an XFS file system", id: "xfs", offset: 0, bytes: "XFSB" },
  { name: "a squashfs file system", id: "squashfs", offset: 0, bytes: "hsqs" },
  { name: "a VMDK disk image", id: "vmdk", offset: 0, bytes: "KDMV" },
  { name: "a VHDX disk image", id: "vhdx", offset: 0, bytes: "vhdxfile" },
  { name: "a VDI disk image", id: "vdi", offset: 64, bytes: "\x7f\x10\xda\xbe" },
  { name: "an ext2, ext3 or ext4 file system", id: "ext4", offset: 1080, bytes: "\x53\xef" },
  { name: "a swap area", id: "swap", offset: 4086, bytes: "SWAPSPACE2" },
  { name: "a tar archive", id: "tar", offset: 257, bytes: "ustar" },
  { name: "an ISO 9660 image", id: "iso9660", offset: 32_769, bytes: "CD001" },
  { name: "a btrfs file system", id: "btrfs", offset: 65_600, bytes: "_BHRfS_M" },
  { name: "an NTFS file system", id: "ntfs", offset: 3, bytes: "NTFS    " },
  { name: "a FAT file system", id: "vfat", offset: 82, bytes: "FAT32   " },
  { name: "a FAT file system", id: "vfat", offset: 54, bytes: "FAT16   " },
  { name: "a FAT file system", id: "vfat", offset: 54, bytes: "FAT12   " },
  {
    name: "a member of an md RAID",
    id: "linux_raid_member",
    offset: 4096,
    bytes: "\xfc\x4e\x2b\xa9",
  },
  { name: "a disk with an MBR partition table", id: "mbr", offset: 510, bytes: "\x55\xaa" },
];

/** @returns what the image looks like, in words with their article, or null. */
export function lookalike(start: Uint8Array): string | null {
  return signatureIn(start)?.name ?? null;
}

export function signatureIn(start: Uint8Array): Signature | null {
  return SIGNATURES.find((signature) => matches(start, signature)) ?? null;
}

function matches(start: Uint8Array, { offset, bytes }: Signature): boolean {
  for (let i = 0; i < bytes.length; i++) {
    if (start[offset + i] !== bytes.charCodeAt(i)) return false;
  }
  return true;
}
