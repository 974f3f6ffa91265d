import type { FileEntry, FileType } from "../protocol/files.ts";
import type { Range } from "../source/block-source.ts";
import { Assessment, assess } from "./assess.ts";
import type { Budget } from "./budget.ts";
import type { Damage } from "./damage.ts";
import type { FileSystem, Inode, Trail } from "./file-system.ts";
import { nameText } from "./names.ts";

/** A file as a directory names it. */
export interface NamedInode {
  path: string;
  inode: bigint;
  type: FileType;
  /** The block that holds the name; null: the root, or asked for by its number. */
  block: Range | null;
}

/** All that is told of a file. @throws TooMuch once the whole walk has had enough; SourceError */
export async function describeFile(
  system: FileSystem,
  damage: Damage,
  named: NamedInode,
  budget: Budget,
): Promise<{ entry: FileEntry; inode: Inode | null }> {
  const assessment = new Assessment(damage);
  if (named.block) assessment.lies("name", named.block);
  let inode: Inode | null = null;
  let target: string | null = null;
  try {
    inode = await system.inode(named.inode);
  } catch (error) {
    assessment.broken("inode", error, null);
  }
  if (inode) {
    await assess(system, inode, assessment, budget);
    if (inode.type === "symlink") target = await targetText(system, inode, budget);
  }
  const { state, damage: met, moreDamage } = assessment;
  return {
    inode,
    entry: {
      path: named.path,
      inode: String(named.inode),
      type: inode?.type ?? named.type,
      mode: inode && (inode.mode & 0o7777).toString(8).padStart(4, "0"),
      size: inode && String(inode.size),
      uid: inode?.uid ?? null,
      gid: inode?.gid ?? null,
      links: inode?.links ?? null,
      mtime: inode && timeText(inode.mtime),
      target,
      state,
      damage: met,
      moreDamage,
    },
  };
}

/** null where it cannot be read, which the state of the file then says. */
async function targetText(
  system: FileSystem,
  inode: Inode,
  budget: Budget,
): Promise<string | null> {
  try {
    return nameText(await system.target(inode, silentTrail(budget)));
  } catch {
    return null;
  }
}

/** For what is gone through only for its content: nothing is passed over. */
export const silentTrail = (budget: Budget): Trail => ({
  budget,
  mapBlock: () => {},
  broken: (error) => {
    throw error;
  },
});

function timeText({ seconds, nanoseconds }: Inode["mtime"]): string {
  return `${seconds}.${String(nanoseconds).padStart(9, "0")}`;
}
