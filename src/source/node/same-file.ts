import { type BigIntStats, readFileSync, statSync } from "node:fs";
import { httpAddress } from "../http/address.ts";
import { sysDevBlock } from "./sys-dev-block.ts";

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

/** The file behind a loop device; null for any other device, which has no such file in sysfs. */
function backingFile(device: bigint): string | null {
  try {
    return readFileSync(`${sysDevBlock(device)}/loop/backing_file`, "utf8").trimEnd();
  } catch {
    return null;
  }
}
