import { expect } from "vitest";
import type { Wrapper } from "../src/container/wrapper.ts";
import { type BlockSource, SourceError } from "../src/source/block-source.ts";
import type { DiskFile } from "./disk-rows.ts";
import { openFirst } from "./handed-over.ts";

/** What a hostile container may cost: as long as a test of one may take, in milliseconds. */
export const HOSTILE_MS = 2000;
const HOSTILE_KIB = 256 << 10;
/** As much of the disk as is read of one that opens. */
const READ_BYTES = 4 << 20;

/**
 * How a container made to hurt ends: "refused: CODE"; "hole" or "unreadable", where its first 4 MiB
 * cannot be read; "read". Anything but these, or more than 256 MiB for it, fails the test.
 */
export async function howItEnds(wrapper: Wrapper, files: readonly DiskFile[]): Promise<string> {
  const before = process.resourceUsage().maxRSS;
  const end = await ending(wrapper, files);
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(HOSTILE_KIB);
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
