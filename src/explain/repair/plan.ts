import type { StoreFacts } from "../../protocol/facts.ts";
import { NO_SETTING, type StoreSetting } from "../../protocol/machine.ts";
import type { Patch } from "../../protocol/patch.ts";
import type {
  HexPatch,
  LevelFacts,
  LevelPlan,
  LostChunks,
  LostRanges,
  OnDisk,
  RepairFacts,
  RepairPlan,
} from "../../protocol/repair.ts";
import { makeReport } from "../report/report.ts";
import {
  type Digest,
  type DiskPiece,
  repairCommands,
  type Typed,
  type Whence,
} from "./commands.ts";
import { levelWords, type Said } from "./level-words.ts";
import { stepsWithCopy } from "./with-copy.ts";

/**
 * The plan of a repair, as CONTRACT says.
 * @param name the image's, for the reports.
 * @param setting what lies around the store.
 */
export function makePlan(
  name: string,
  facts: RepairFacts,
  typed: Typed,
  digest: Digest,
  setting: StoreSetting = NO_SETTING,
): RepairPlan {
  const { image, kernel, verdict } = makeReport(name, facts.now, setting);
  const now = { kernel, verdict };
  return {
    schema: "cowscope.repair/1",
    image,
    now,
    levels: facts.levels.map((level) => {
      const after = level.after ? saidOf(name, level.after, setting) : null;
      return levelPlan(level, facts, now, after, typed, digest, setting);
    }),
  };
}

function levelPlan(
  level: LevelFacts,
  facts: RepairFacts,
  now: Said,
  after: LevelPlan["after"],
  typed: Typed,
  digest: Digest,
  setting: StoreSetting,
): LevelPlan {
  const possible = level.obstacle === null;
  const commands = possible
    ? repairCommands(level.level, level.patches, facts.landmarks, typed, digest)
    : { commands: [], undo: [] };
  const words = levelWords(level, facts, now, after);
  const chunkSize = level.after?.header?.chunkSize;
  return {
    level: level.level,
    possible,
    ...words,
    lost: lostChunks(level.table?.lost ?? null),
    patches: possible ? level.patches.map((patch) => hexPatch(patch, typed.from)) : [],
    ...commands,
    next:
      possible && chunkSize !== undefined
        ? stepsWithCopy({
            file: typed.copy,
            setting,
            risk: words.risk,
            chunkSize,
            reads: level.level !== "boot",
            sectors: facts.now.options.originSectors,
          })
        : [],
    after,
  };
}

function saidOf(
  name: string,
  facts: StoreFacts,
  setting: StoreSetting,
): NonNullable<LevelPlan["after"]> {
  const { kernel, ages, verdict } = makeReport(name, facts, setting);
  return { kernel, ages, verdict };
}

function lostChunks(lost: LostRanges | null): LostChunks {
  const text = (ranges: readonly [bigint, bigint][]): [string, string][] =>
    ranges.map(([first, last]) => [String(first), String(last)]);
  return lost
    ? { origin: text(lost.origin), cow: text(lost.cow), more: lost.more }
    : { origin: [], cow: [], more: false };
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const hexPatch = ({ offset, before, bytes }: Required<Patch>, from: Whence): HexPatch => ({
  offset: String(offset),
  before: hex(before),
  after: hex(bytes),
  onDisks: from.kind === "pieces" ? onDisks(from.pieces, offset, bytes.length) : null,
});

/** Where a run of the store lies on its disks. */
function onDisks(pieces: readonly DiskPiece[], offset: number, length: number): OnDisk[] {
  const places: OnDisk[] = [];
  let at = 0;
  for (const { image, offset: start, length: size } of pieces) {
    const from = Math.max(offset, at);
    const to = Math.min(offset + length, at + size);
    if (from < to) places.push({ image, offset: String(start + from - at), bytes: to - from });
    at += size;
  }
  return places;
}
