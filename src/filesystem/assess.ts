import type { FileDamage, FilePart, FileState, FileType } from "../protocol/files.ts";
import type { Range } from "../source/block-source.ts";
import { type Budget, mapSteps } from "./budget.ts";
import type { Damage } from "./damage.ts";
import { isLost } from "./device.ts";
import type { FileSystem, Inode, Trail } from "./file-system.ts";
import { Invalid, TooMuch } from "./invalid.ts";

/** What is told of one file; more is said to be there. */
const MOST_TOLD = 64;

/** Where damage meets one file, gathered while it is read. */
export class Assessment {
  readonly damage: FileDamage[] = [];
  moreDamage = false;
  private unknown = false;

  constructor(private readonly ranges: Damage) {}

  get state(): FileState {
    if (this.unknown) return "unknown";
    return this.damage.length > 0 ? "touched" : "whole";
  }

  /** A run of the device that belongs to the file. @param at where it is in the file, for content. */
  lies(part: FilePart, run: Range, at: bigint | null = null): void {
    for (const { offset, length, why } of this.ranges.within(run.offset, run.length)) {
      const place = at === null ? offset : at + BigInt(offset - run.offset);
      this.add({ part, why, offset: String(place), bytes: String(length) });
    }
  }

  /** What says what it is cannot be read, or makes no sense. @throws what is neither */
  broken(part: FilePart, error: unknown, run: Range | null): void {
    if (!isTolerable(error)) throw error;
    this.unknown = true;
    const why = isLost(error) ? "unreadable" : "invalid";
    const offset = run && String(run.offset);
    this.add({ part, why, offset, bytes: run && String(run.length) });
  }

  private add(found: FileDamage): void {
    const last = this.damage.at(-1);
    const same =
      last?.part === found.part && last.offset === found.offset && last.bytes === found.bytes;
    // What is damaged and cannot be read either is one thing.
    if (same && found.why !== "invalid") return;
    if (this.damage.length < MOST_TOLD) this.damage.push(found);
    else this.moreDamage = true;
  }
}

/** Whether the file is not known for it, but others may be. */
export const isTolerable = (error: unknown): boolean =>
  error instanceof Invalid || error instanceof TooMuch || isLost(error);

/** Goes through an inode and its block map. @throws TooMuch once the whole walk has had enough; SourceError */
export async function assess(
  system: FileSystem,
  inode: Inode,
  assessment: Assessment,
  budget: Budget,
): Promise<void> {
  assessment.lies("inode", inode.at);
  if (inode.via) assessment.lies("inode", inode.via);
  if (!HAS_CONTENT.includes(inode.type)) return;
  const { bytes, blockBytes } = system.facts;
  const trail: Trail = {
    budget: budget.part(mapSteps(Number(bytes) / blockBytes)),
    mapBlock: (run) => assessment.lies("map", run),
    broken: (error, run) => {
      if (error instanceof TooMuch) throw error;
      assessment.broken("map", error, run);
    },
  };
  try {
    if (inode.type === "symlink") await system.target(inode, trail);
    for await (const { at, length, offset } of contentOf(system, inode, trail)) {
      if (offset !== null) assessment.lies("data", { offset, length }, at);
    }
  } catch (error) {
    if (budget.spent) throw error;
    assessment.broken("map", error, null);
  }
}

const HAS_CONTENT: readonly FileType[] = ["file", "directory", "symlink"];

/** The target of a symlink may lie in its inode in a way that is no map. */
async function* contentOf(system: FileSystem, inode: Inode, trail: Trail) {
  if (inode.type !== "symlink" || !system.isShort(inode)) yield* system.pieces(inode, trail);
}
