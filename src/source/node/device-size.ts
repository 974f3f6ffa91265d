import { readFileSync } from "node:fs";
import { SourceError } from "../block-source.ts";
import { sysDevBlock } from "./sys-dev-block.ts";

/** Bytes got at an offset: 0 at or behind the end. Throws where the device cannot read. */
export type ReadAt = (offset: number) => number;

/**
 * A block device's size in bytes, for which stat says 0: as the kernel has it in sysfs, else by
 * halving. @param device st_rdev.
 */
export function deviceSize(device: bigint, readAt: ReadAt): number {
  return sizeInSysfs(device) ?? sizeByReading(readAt);
}

/** The file `size` of its folder, in sectors of 512 bytes; null where sysfs is not there to be read. */
function sizeInSysfs(device: bigint): number | null {
  try {
    const sectors = readFileSync(`${sysDevBlock(device)}/size`, "latin1").trim();
    return /^\d{1,13}$/.test(sectors) ? Number(sectors) * 512 : null;
  } catch {
    return null;
  }
}

/**
 * The first offset at which nothing is read. A read that fails lies inside: a bad sector answers
 * with an error, and behind the end there is nothing to fail (blkdev_read_iter() of block/fops.c
 * returns 0 there). @throws SourceError if there is no end that a number can hold.
 */
export function sizeByReading(readAt: ReadAt): number {
  const isInside = (offset: number): boolean => {
    try {
      return readAt(offset) > 0;
    } catch {
      return true;
    }
  };
  if (!isInside(0)) return 0;
  let low = 0;
  let high = 512;
  while (isInside(high)) {
    low = high;
    high *= 2;
    if (high > Number.MAX_SAFE_INTEGER) throw new SourceError("unreadable", 0, "it has no end");
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (isInside(middle)) low = middle;
    else high = middle;
  }
  return high;
}
