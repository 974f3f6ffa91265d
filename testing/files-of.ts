import { createHash } from "node:crypto";
import { Budget, walkSteps } from "../src/filesystem/budget.ts";
import { copyContent } from "../src/filesystem/copy-content.ts";
import { Damage } from "../src/filesystem/damage.ts";
import { describeFile } from "../src/filesystem/describe.ts";
import { findPath } from "../src/filesystem/find-path.ts";
import { Invalid } from "../src/filesystem/invalid.ts";
import { openFileSystem } from "../src/filesystem/open-file-system.ts";
import { walk } from "../src/filesystem/walk.ts";
import type { DamagedRange, FileEntry, FilesProblem } from "../src/protocol/files.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import type { Sink } from "../src/source/sink/sink.ts";

/** What a file system was found to hold. */
export interface Listed {
  entries: FileEntry[];
  problems: FilesProblem[];
}

export async function opened(source: BlockSource) {
  const found = await openFileSystem(source);
  if (!found) throw new Invalid("no file system was found");
  return found;
}

export async function listed(
  source: BlockSource,
  damage: readonly DamagedRange[] = [],
  path = "/",
): Promise<Listed> {
  const { system, behindEnd } = await opened(source);
  const problems: FilesProblem[] = [];
  const walked = {
    system,
    damage: new Damage([...damage, ...behindEnd]),
    problem: (one: FilesProblem) => void problems.push(one),
  };
  const entries: FileEntry[] = [];
  for await (const entry of walk(walked, await findPath(system, path), true)) entries.push(entry);
  return { entries, problems };
}

/** What `list` says of one file. */
export async function described(source: BlockSource, path: string): Promise<FileEntry> {
  const { system } = await opened(source);
  const named = await findPath(system, path);
  return (
    await describeFile(
      system,
      new Damage([]),
      named,
      new Budget(walkSteps(Number(system.facts.bytes))),
    )
  ).entry;
}

/** sha256 of a file's content, which is not kept. */
export async function contentHash(source: BlockSource, path: string): Promise<string> {
  const { device, system } = await opened(source);
  const inode = await system.inode((await findPath(system, path)).inode);
  const hash = createHash("sha256");
  const sink: Sink = {
    write: (bytes) => void hash.update(bytes),
    finish: () => {},
    abandon: () => {},
  };
  await copyContent(device, system, inode, sink, false);
  return hash.digest("hex");
}
