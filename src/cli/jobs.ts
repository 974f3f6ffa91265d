import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { httpAddress } from "../source/http/address.ts";

/** So many images keep all cores busy for longer than threads take to start (about 60 ms each). */
const MANY = 16;

/** Bytes from which an image is worth a thread: its metadata can be a MiB, in 256 reads far apart. */
const LARGE = 256 << 20;

/** How many images to work on at a time where nobody said: the cores, or one for a few small ones. */
export function defaultJobs(images: readonly string[]): number {
  const isWorthIt = images.length >= MANY || images.filter(isLarge).length > 1;
  return isWorthIt ? availableParallelism() : 1;
}

/** An address is waited for. What cannot be looked at is told of later, by whoever opens it. */
function isLarge(path: string): boolean {
  if (httpAddress(path)) return true;
  try {
    const status = statSync(path);
    return status.isBlockDevice() || status.size >= LARGE;
  } catch {
    return false;
  }
}
