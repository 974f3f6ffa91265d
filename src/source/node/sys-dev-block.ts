/** A block device's folder in sysfs. @param device st_rdev. */
export function sysDevBlock(device: bigint): string {
  // As gnu_dev_major() and gnu_dev_minor() of glibc cut st_rdev.
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn);
  return `/sys/dev/block/${major}:${minor}`;
}
