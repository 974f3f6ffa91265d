import { type BigIntStats, readFileSync, statSync } from "node:fs";
import { httpAddress } from "../http/address.ts";

/** Major number of loop devices (Documentation/admin-guide/devices.txt). */
const LOOP_MAJOR = 7n;

/**
 * Whether a path leads to the file or device of `status`: through links of either kind,
 * /proc/self/fd, another node of the same block device, or a loop device over the file.
 */
export function isSameFile(status: BigIntStats, path: string): boolean {
  if (httpAddress(path)) return false;
  const other = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (other === undefined) return false;
  if (other.dev === status.dev && other.ino === status.ino) return true;
  if (!other.isBlockDevice()) return false;
  if (status.isBlockDevice()) return other.rdev === status.rdev;
  const backing = backingFile(other.rdev);
  return backing !== null && isSameFile(status, backing);
}

/** The file behind a loop device; null for any other device. */
function backingFile(device: bigint): string | null {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  if (major !== LOOP_MAJOR) return null;
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn);
  try {
    return readFileSync(`/sys/dev/block/${major}:${minor}/loop/backing_file`, "utf8").trimEnd();
  } catch {
    return null;
  }
}
