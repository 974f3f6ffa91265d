import type { FileEntry, FilesProblem } from "../protocol/files.ts";
import { isTolerable } from "./assess.ts";
import { Budget, walkSteps } from "./budget.ts";
import type { Damage } from "./damage.ts";
import { describeFile, type NamedInode } from "./describe.ts";
import { isLost } from "./device.ts";
import type { DirectoryEntry, FileSystem, Inode, Trail } from "./file-system.ts";
import { TooMuch } from "./invalid.ts";
import { nameText } from "./names.ts";

/** Entries of a directory that are sorted together; of a larger one, part after part. */
const SORTED = 1 << 16;
/** How long a path may get, in characters: PATH_MAX is 4096. */
const MOST_PATH = 1 << 15;

/** What of a tree is gone through. */
export interface Walked {
  system: FileSystem;
  damage: Damage;
  /** Told of what is passed over. */
  problem: (problem: FilesProblem) => void;
}

/**
 * The files in a directory, and, if asked for, in those below: directory after directory, each sorted
 * by name. Ends, with a problem, after so many steps as no sound one has. @throws SourceError where the image changed
 */
export async function* walk(
  walked: Walked,
  start: NamedInode,
  below: boolean,
): AsyncGenerator<FileEntry> {
  const { system, damage, problem } = walked;
  const budget = new Budget(walkSteps(Number(system.facts.bytes)));
  const seen = new Set<bigint>([start.inode]);
  const pending: NamedInode[] = [start];
  try {
    for (let next = pending.pop(); next; next = pending.pop()) {
      const directory = await inodeOf(walked, next);
      if (!directory) continue;
      const found: NamedInode[] = [];
      for await (const named of namesIn(walked, next, directory, budget)) {
        budget.spend();
        const { entry, inode } = await describeFile(system, damage, named, budget);
        yield entry;
        if (!below || inode?.type !== "directory") continue;
        if (seen.has(inode.number)) {
          problem(
            told(
              "directory.cycle",
              named.path,
              "this directory was met before: it is not gone into again",
            ),
          );
        } else if (named.path.length > MOST_PATH) {
          problem(told("too-much", named.path, "the path is too long to be gone into"));
        } else {
          seen.add(inode.number);
          found.push(named);
        }
      }
      for (const named of found.reverse()) pending.push(named);
    }
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    problem(told("too-much", start.path, `the list ends here: ${error.message}`));
  }
}

async function inodeOf(
  { system, problem }: Walked,
  { path, inode }: NamedInode,
): Promise<Inode | null> {
  try {
    return await system.inode(inode);
  } catch (error) {
    problem(directoryProblem(path, error));
    return null;
  }
}

/** The entries of a directory, sorted by their bytes in parts of SORTED. */
async function* namesIn(
  { system, problem }: Walked,
  { path }: NamedInode,
  directory: Inode,
  budget: Budget,
): AsyncGenerator<NamedInode> {
  const trail: Trail = {
    budget,
    mapBlock: () => {},
    broken: (error) => problem(directoryProblem(path, error)),
  };
  let part: DirectoryEntry[] = [];
  try {
    for await (const entry of system.entries(directory, trail)) {
      budget.spend();
      if (!isName(entry.name)) {
        problem(
          told(
            "entry.invalid",
            path,
            `the name of inode ${entry.inode} is empty, or holds “/” or a zero byte`,
          ),
        );
        continue;
      }
      part.push(entry);
      if (part.length < SORTED) continue;
      yield* sorted(part, path);
      part = [];
    }
  } catch (error) {
    problem(directoryProblem(path, error));
  }
  yield* sorted(part, path);
}

function* sorted(part: DirectoryEntry[], path: string): Generator<NamedInode> {
  for (const { name, inode, type, block } of part.sort((a, b) => compare(a.name, b.name))) {
    yield { path: `${path === "/" ? "" : path}/${nameText(name)}`, inode, type, block };
  }
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const differs = a.findIndex((byte, i) => byte !== b[i]);
  return differs < 0 ? a.length - b.length : (a[differs] ?? 0) - (b[differs] ?? -1);
}

/** What the kernel hands on (verify_dirent_name() in fs/readdir.c). */
const isName = (name: Uint8Array): boolean =>
  name.length > 0 && !name.includes(0) && !name.includes(0x2f);

/** @throws what is not this directory's alone */
function directoryProblem(path: string, error: unknown): FilesProblem {
  if (!isTolerable(error) || error instanceof TooMuch || !(error instanceof Error)) throw error;
  return isLost(error)
    ? told(
        "directory.unreadable",
        path,
        `entries of this directory cannot be read: ${error.message}`,
      )
    : told("directory.invalid", path, `entries of this directory are missing: ${error.message}`);
}

const told = (code: FilesProblem["code"], path: string, message: string): FilesProblem => ({
  code,
  path,
  message,
});
