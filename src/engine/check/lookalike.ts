/** What a file that is no COW store may be instead: enough to say so, no more. */
interface Signature {
  name: string;
  offset: number;
  /** Latin-1. */
  bytes: string;
}

/** Bytes from the start of an image in which every signature below lies. */
export const LOOKALIKE_BYTES = 65_608;

const SIGNATURES: readonly Signature[] = [
  { name: "an LVM physical volume", offset: 512, bytes: "LABELONE" },
  { name: "an LVM physical volume", offset: 0, bytes: "LABELONE" },
  { name: "an LVM physical volume", offset: 1024, bytes: "LABELONE" },
  { name: "an LVM physical volume", offset: 1536, bytes: "LABELONE" },
  { name: "a disk with a GPT partition table", offset: 512, bytes: "EFI PART" },
  { name: "a qcow2 disk image", offset: 0, bytes: "QFI\xfb" },
  { name: "a gzip-compressed file", offset: 0, bytes: "\x1f\x8b" },
  { name: "a zstd-compressed file", offset: 0, bytes: "\x28\xb5\x2f\xfd" },
  { name: "an xz-compressed file", offset: 0, bytes: "\xfd7zXZ\0" },
  { name: "a bzip2-compressed file", offset: 0, bytes: "BZh" },
  { name: "a zip archive", offset: 0, bytes: "PK\x03\x04" },
  { name: "a LUKS encrypted volume", offset: 0, bytes: "LUKS\xba\xbe" },
  { name: "an XFS file system", offset: 0, bytes: "XFSB" },
  { name: "a squashfs file system", offset: 0, bytes: "hsqs" },
  { name: "a VMDK disk image", offset: 0, bytes: "KDMV" },
  { name: "a VHDX disk image", offset: 0, bytes: "vhdxfile" },
  { name: "a VDI disk image", offset: 64, bytes: "\x7f\x10\xda\xbe" },
  { name: "an ext2, ext3 or ext4 file system", offset: 1080, bytes: "\x53\xef" },
  { name: "a swap area", offset: 4086, bytes: "SWAPSPACE2" },
  { name: "a tar archive", offset: 257, bytes: "ustar" },
  { name: "an ISO 9660 image", offset: 32_769, bytes: "CD001" },
  { name: "a btrfs file system", offset: 65_600, bytes: "_BHRfS_M" },
  { name: "a disk with an MBR partition table", offset: 510, bytes: "\x55\xaa" },
];

/** @returns what the image looks like, in words with their article, or null. */
export function lookalike(start: Uint8Array): string | null {
  return SIGNATURES.find((signature) => matches(start, signature))?.name ?? null;
}

function matches(start: Uint8Array, { offset, bytes }: Signature): boolean {
  for (let i = 0; i < bytes.length; i++) {
    if (start[offset + i] !== bytes.charCodeAt(i)) return false;
  }
  return true;
}
