import { expect } from "vitest";
import type { Wrapper } from "../src/container/wrapper.ts";
import { type BlockSource, SourceError } from "../src/source/block-source.ts";
import type { DiskFile } from "./disk-rows.ts";
import { openFirst } from "./handed-over.ts";

/** What a hostile container may cost: of the processor, in microseconds, and of memory. */
const MOST_MICROSECONDS = 2_000_000;
const MOST_KIB = 256 << 10;
/** As much of the disk as is read of one that opens. */
const READ_BYTES = 4 << 20;

/**
 * How a container made to hurt ends: "refused: CODE"; "hole" or "unreadable", where its first 4 MiB
 * cannot be read; "read". Anything but these, more than 256 MiB or two seconds of the processor for it
 * fails the test.
 */
export async function howItEnds(wrapper: Wrapper, files: readonly DiskFile[]): Promise<string> {
  const before = process.resourceUsage();
  const end = await ending(wrapper, files);
  const after = process.resourceUsage();
  expect(after.maxRSS - before.maxRSS).toBeLessThan(MOST_KIB);
  expect(after.userCPUTime - before.userCPUTime).toBeLessThan(MOST_MICROSECONDS);
  return end;
}

async function ending(wrapper: Wrapper, files: readonly DiskFile[]): Promise<string> {
  const opened = await openFirst(wrapper, files);
  if (!opened.ok) {
    const { code, message, expected, found, todo } = opened.problem;
    for (const words of [message, expected, found, todo]) expect(words).not.toBe("");
    return `refused: ${code}`;
  }
  return read(opened.value.source);
}

async function read(source: BlockSource): Promise<string> {
  try {
    await source.read([{ offset: 0, length: Math.min(READ_BYTES, source.size) }]);
    return "read";
  } catch (error) {
    if (error instanceof SourceError) return error.kind;
    throw error;
  }
}
