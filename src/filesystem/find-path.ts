import { Budget, walkSteps } from "./budget.ts";
import { type NamedInode, silentTrail } from "./describe.ts";
import type { DirectoryEntry, FileSystem, Inode } from "./file-system.ts";
import { Invalid } from "./invalid.ts";
import { nameText } from "./names.ts";

/**
 * What a path names, "/docs/a.txt", or `<12>` for inode 12. Symlinks are not followed.
 * @throws Invalid that says where it ends; SourceError
 */
export async function findPath(system: FileSystem, path: string): Promise<NamedInode> {
  const number = /^<(\d{1,20})>$/.exec(path)?.[1];
  if (number !== undefined) {
    return { path, inode: BigInt(number), type: "unknown", block: null };
  }
  let here: NamedInode = { path: "/", inode: system.root, type: "directory", block: null };
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    const inode = await system.inode(here.inode);
    if (inode.type === "symlink")
      throw new Invalid(`${here.path} is a symlink, which is not followed`);
    if (inode.type !== "directory") throw new Invalid(`${here.path} is no directory`);
    const entry = await entryOf(system, inode, name);
    if (!entry) throw new Invalid(`there is no “${name}” in ${here.path}`);
    const below = `${here.path === "/" ? "" : here.path}/${name}`;
    here = { path: below, inode: entry.inode, type: entry.type, block: entry.block };
  }
  return here;
}

/** What of the directory cannot be read is passed over, unless the name is not in the rest. */
async function entryOf(
  system: FileSystem,
  directory: Inode,
  name: string,
): Promise<DirectoryEntry | null> {
  let passed: unknown = null;
  const trail = {
    ...silentTrail(new Budget(walkSteps(Number(system.facts.bytes)))),
    broken: (error: unknown) => {
      passed ??= error;
    },
  };
  for await (const entry of system.entries(directory, trail)) {
    trail.budget.spend();
    if (nameText(entry.name) === name) return entry;
  }
  if (passed !== null) throw passed;
  return null;
}
