import type { CheckOptions } from "../protocol/check.ts";
import { KERNEL_AGES } from "../protocol/kernel-ages.ts";
import type { Problem } from "../protocol/problem.ts";
import { badOption } from "./problems.ts";

const MOST_SECTORS = 2 ** 32 - 1;

/** @returns what is wrong with the options, or null: no number may reach the core cut short. */
export function badOptions(options: CheckOptions): Problem | null {
  const { tableChunk, originSectors, blockSize, kernel } = options;
  if (tableChunk !== null && !isWhole(tableChunk, 0, MOST_SECTORS)) {
    return badOption("The table's chunk size", String(tableChunk), `0 to ${MOST_SECTORS} sectors`);
  }
  if (originSectors !== null && (originSectors < 0n || originSectors >= 2n ** 55n)) {
    return badOption("The origin's size", String(originSectors), "0 to 2^55 - 1 sectors");
  }
  if (!isWhole(blockSize, 512, 65_536) || (blockSize & (blockSize - 1)) !== 0) {
    return badOption("The block size", String(blockSize), "a power of 2 from 512 to 65536 bytes");
  }
  if (!KERNEL_AGES.some(({ id }) => id === kernel)) {
    const ids = KERNEL_AGES.map(({ id }) => id).join(", ");
    return badOption("The kernel", kernel, `one of ${ids}`);
  }
  return null;
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
