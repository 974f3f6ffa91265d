import type { StoreFacts } from "../../protocol/facts.ts";
import type { Patch } from "../../protocol/patch.ts";
import type {
  HexPatch,
  LevelFacts,
  LevelPlan,
  LostChunks,
  LostRanges,
  RepairFacts,
  RepairPlan,
} from "../../protocol/repair.ts";
import { makeReport } from "../report/report.ts";
import { type Digest, type Names, repairCommands } from "./commands.ts";
import { levelWords, type Said } from "./level-words.ts";

/**
 * The plan of a repair, as CONTRACT says.
 * @param name the image's, for the reports. @param names as they are typed.
 */
export function makePlan(
  name: string,
  facts: RepairFacts,
  names: Names,
  digest: Digest,
): RepairPlan {
  const { image, kernel, verdict } = makeReport(name, facts.now);
  const now = { kernel, verdict };
  return {
    schema: "cowscope.repair/1",
    image,
    now,
    levels: facts.levels.map((level) => {
      const after = level.after ? saidOf(name, level.after) : null;
      return levelPlan(level, facts, now, after, names, digest);
    }),
  };
}

function levelPlan(
  level: LevelFacts,
  facts: RepairFacts,
  now: Said,
  after: LevelPlan["after"],
  names: Names,
  digest: Digest,
): LevelPlan {
  const possible = level.obstacle === null;
  const typed = possible
    ? repairCommands(level.level, level.patches, facts.landmarks, names, digest)
    : { commands: [], undo: [] };
  return {
    level: level.level,
    possible,
    ...levelWords(level, facts, now, after),
    lost: lostChunks(level.table?.lost ?? null),
    patches: possible ? level.patches.map(hexPatch) : [],
    ...typed,
    after,
  };
}

function saidOf(name: string, facts: StoreFacts): NonNullable<LevelPlan["after"]> {
  const { kernel, ages, verdict } = makeReport(name, facts);
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

const hexPatch = ({ offset, before, bytes }: Required<Patch>): HexPatch => ({
  offset: String(offset),
  before: hex(before),
  after: hex(bytes),
});
