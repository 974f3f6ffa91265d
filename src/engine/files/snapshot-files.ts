import { Budget, walkSteps } from "../../filesystem/budget.ts";
import { copyContent, type Missing } from "../../filesystem/copy-content.ts";
import { Damage } from "../../filesystem/damage.ts";
import { describeFile, type NamedInode } from "../../filesystem/describe.ts";
import type { Device } from "../../filesystem/device.ts";
import type { FileSystem } from "../../filesystem/file-system.ts";
import { findPath } from "../../filesystem/find-path.ts";
import { Invalid, TooMuch } from "../../filesystem/invalid.ts";
import { openFileSystem } from "../../filesystem/open-file-system.ts";
import { walk } from "../../filesystem/walk.ts";
import type { FileEntry, FileSystemFacts, FilesProblem } from "../../protocol/files.ts";
import { failure, type Problem, type Result, success } from "../../protocol/problem.ts";
import type { Sink } from "../../source/sink/sink.ts";
import { noFileSystem, noSuchFile, problemOf, snapshotRefused } from "../problems.ts";
import { mapSnapshot } from "../snapshot/map-snapshot.ts";
import { Stopped } from "../snapshot/named-image.ts";
import type { SnapshotHooks } from "../snapshot/snapshot-hooks.ts";
import type { NamedOrigin, SnapshotStore } from "../snapshot/snapshot-store.ts";
import { type DamageOfSnapshot, damagedRanges } from "./damaged-ranges.ts";
import { snapshotSource } from "./snapshot-source.ts";

/**
 * Opens the ext2, ext3, ext4 or XFS that the snapshot device holds, for page and command.
 * @param store a checked store. @param origin the origin as it is now.
 * @param hooks while the exceptions are loaded: false cancels.
 * @returns the files; or why there are none: the store does not activate, the origin cannot be its
 * own, no such file system is on it.
 */
export async function openSnapshotFiles(
  compiled: WebAssembly.Module,
  store: SnapshotStore,
  origin: NamedOrigin,
  hooks: SnapshotHooks,
): Promise<Result<SnapshotFiles>> {
  try {
    const mapped = await mapSnapshot(compiled, store, origin, hooks);
    if (!mapped.ok) return mapped;
    if (store.facts.activation.outcome === "invalid") {
      return failure(
        snapshotRefused(store.name, "The snapshot is invalid: every read ends with EIO"),
      );
    }
    const source = snapshotSource(mapped.value, origin.source, store.cow);
    const opened = await openFileSystem(source);
    if (!opened) return failure(noFileSystem(store.name, "neither superblock is there"));
    const { device, system, behindEnd } = opened;
    const { ranges, notes } = await damagedRanges(compiled, store, mapped.value);
    const damage = { ranges: [...ranges, ...behindEnd], notes };
    return success(new SnapshotFiles(store.name, device, system, damage));
  } catch (error) {
    return failure(filesProblem(error, store.name));
  }
}

/** The files of a snapshot. Paths are as in `FileEntry.path`; symlinks are never followed. */
export class SnapshotFiles {
  readonly facts: FileSystemFacts;
  /** Of the snapshot device. */
  readonly damage: DamageOfSnapshot;
  private readonly damaged: Damage;

  constructor(
    private readonly name: string,
    private readonly device: Device,
    private readonly system: FileSystem,
    damage: DamageOfSnapshot,
  ) {
    this.damage = damage;
    this.damaged = new Damage(damage.ranges);
    this.facts = { ...system.facts, notes: [...system.facts.notes, ...damage.notes] };
  }

  /**
   * The files in a directory, sorted by name; with `below`, directory after directory, all under it.
   * They come one by one: whoever has enough of them ends the loop. Memory is that of one directory
   * of at most 65,536 entries, and a number for each directory.
   * @param problem told of what is passed over.
   * @throws Stopped with a Problem: no such directory, the image changed.
   */
  async *list(
    path: string,
    below: boolean,
    problem: (problem: FilesProblem) => void,
  ): AsyncGenerator<FileEntry> {
    try {
      const start = await this.find(path);
      const walked = { system: this.system, damage: this.damaged, problem };
      yield* walk(walked, start, below);
    } catch (error) {
      throw error instanceof Stopped ? error : new Stopped(filesProblem(error, this.name));
    }
  }

  /** What `list` has of one file. @throws Stopped with a Problem: no such file, the image changed. */
  async describe(path: string): Promise<FileEntry> {
    const named = await this.find(path);
    try {
      return (
        await describeFile(
          this.system,
          this.damaged,
          named,
          new Budget(walkSteps(Number(this.facts.bytes))),
        )
      ).entry;
    } catch (error) {
      throw new Stopped(noSuchOr(error, path, this.name));
    }
  }

  /**
   * Writes one file's content to a sink, which is ended here.
   * @param partial whether zeros are written for what cannot be read. @returns what that was.
   */
  async extract(path: string, sink: Sink, partial: boolean): Promise<Result<Missing[]>> {
    try {
      const { inode: number } = await this.find(path);
      const inode = await this.system.inode(number);
      if (inode.type !== "file") throw new Invalid(`it is no file, but a ${inode.type}`);
      const missing = await copyContent(this.device, this.system, inode, sink, partial);
      this.device.source.assertUnchanged?.();
      await sink.finish();
      return success(missing);
    } catch (error) {
      await sink.abandon();
      return failure(noSuchOr(error, path, this.name));
    }
  }

  private async find(path: string): Promise<NamedInode> {
    try {
      return await findPath(this.system, path);
    } catch (error) {
      throw new Stopped(noSuchOr(error, path, this.name));
    }
  }
}

function noSuchOr(error: unknown, path: string, name: string): Problem {
  if (error instanceof Stopped) return error.problem;
  if (error instanceof Invalid || error instanceof TooMuch) {
    return noSuchFile(path, name, error.message);
  }
  return problemOf(error, name);
}

function filesProblem(error: unknown, name: string): Problem {
  if (error instanceof Stopped) return error.problem;
  return error instanceof Invalid ? noFileSystem(name, error.message) : problemOf(error, name);
}
