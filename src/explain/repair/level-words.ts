import type {
  Invalidated,
  LevelFacts,
  LevelPlan,
  RepairFacts,
  RepairObstacle,
  RepairRisk,
} from "../../protocol/repair.ts";
import type { KernelOutcome, Verdict } from "../../protocol/report.ts";
import { plural } from "../words.ts";
import { headerChange } from "./header-words.ts";
import { lostWords } from "./lost-words.ts";
import { isGuessed, isUntouched, tableBrings, tableDrops } from "./table-words.ts";

type Words = Pick<LevelPlan, "why" | "brings" | "loses" | "risk" | "riskWhy" | "caution">;
/** Before it is told what not to do with a copy. */
type Risked = Omit<Words, "caution">;

/** What the kernel says of a store, before or after. */
export interface Said {
  kernel: KernelOutcome;
  verdict: Verdict;
}

const NOTHING_LOST = "Nothing that the store still tells.";

const OBSTACLES: Record<Exclude<RepairObstacle, "still-refused">, string> = {
  "not-a-store": "This is no COW store, so there is nothing to put right.",
  empty:
    "This device is empty: the kernel makes a new snapshot of it, and there is nothing to repair.",
  activates: "There is nothing to do: it activates as it is.",
  "invalid-already": "There is nothing to do: it activates as an invalid snapshot as it is.",
  "header-right": "There is nothing to do: the header is right.",
  "table-right": "There is nothing to do: the table holds nothing that can only be damage.",
  "no-chunk-size":
    "Nothing here tells the chunk size: not the header, not the table line, and no area reads well by any. With the chunk size of the table line (`lvs -o chunk_size`) it may be possible.",
  "table-line": "The chunk size in the table line is what is refused; the store itself is not.",
  "too-short": "The image is shorter than a header.",
  "too-large":
    "The table, or what is wrong with it, is too large to be put in order in memory (16777216 exceptions, 65536 places).",
};

/** A level's sentences. @param said of the patched store, where there is one. */
export function levelWords(
  level: LevelFacts,
  facts: RepairFacts,
  now: Said,
  said: Said | null,
): Words {
  if (level.obstacle !== null) {
    const why = impossible(level, said);
    return { why, brings: "", loses: "", risk: null, riskWhy: "", caution: "" };
  }
  const words = riskedWords(level, facts, now, said);
  return { ...words, caution: words.risk === "high" ? READ_ONLY : "" };
}

/** snapshot_merge_next_chunks(): a merge writes what the exceptions hold, and nothing else. */
const READ_ONLY =
  "Do not merge this copy into its origin, read from it only: it shows the origin's present content where chunks were not copied before, and a merge would write old chunks among the new ones of the origin. What a check of the copy says of merging holds for the copy's own bytes only.";

function riskedWords(level: LevelFacts, facts: RepairFacts, now: Said, said: Said | null): Risked {
  switch (level.level) {
    case "boot":
      return bootWords(level, facts, now);
    case "salvage":
      return salvageWords(level, facts, said);
    case "surgical":
      return surgicalWords(level, facts, said);
  }
}

function impossible({ level, obstacle }: LevelFacts, said: Said | null): string {
  if (obstacle === null) return "";
  if (obstacle !== "still-refused") return OBSTACLES[obstacle];
  const how = said ? ` (${said.kernel.crash ?? said.kernel.dmsetup ?? said.verdict.title})` : "";
  const patched = level === "surgical" ? "With the table put in order" : "With a right header";
  return `${patched} this kernel still does not take it${how}: ${said?.verdict.title ?? ""}.`;
}

function bootWords({ patches }: LevelFacts, { invalidated }: RepairFacts, now: Said): Risked {
  const bytes = patches.reduce((sum, patch) => sum + patch.bytes.length, 0);
  const evidence =
    invalidated === "race"
      ? " What the race left in the header's place goes with them: keep the image as it is beside the copy."
      : "";
  return {
    why: asItIs(now),
    brings:
      "The kernel creates the device and marks it invalid, so LVM activates the origin and its other snapshots. The exceptions stay where they are, and valid can become 1 later.",
    loses: `As long as valid is 0, every read of the snapshot fails, and lvs shows it as invalid. ${plural(bytes, "byte")} of the header change.${evidence}`,
    risk: "none",
    riskWhy: "No read of the snapshot succeeds, so none can be wrong.",
  };
}

function asItIs({ kernel, verdict }: Said): string {
  if (kernel.crash !== null) return `As it is, activating it crashes this kernel: ${kernel.crash}.`;
  if (kernel.writes.length > 0) {
    return "As it is, the kernel takes it for a new snapshot and overwrites its beginning.";
  }
  return `As it is, the kernel refuses it (${kernel.dmsetup ?? verdict.title}); under LVM the origin and all its snapshots then stay inactive.`;
}

function salvageWords(level: LevelFacts, facts: RepairFacts, said: Said | null): Risked {
  const exceptions = plural(level.after?.exceptions ?? 0n, "exception");
  const loses = level.table ? lostWords(level.table.lost) : [];
  const surgical = facts.levels.find((one) => one.level === "surgical");
  if (surgical?.table && !isUntouched(surgical.table)) {
    loses.push(
      "The table stays as it is, with what is damaged or out of place in it: see surgical.",
    );
  }
  return {
    why: change(level, facts),
    brings: `The snapshot activates and is read through ${exceptions}. ${verdictWords(said)}`,
    loses: loses.length === 0 ? NOTHING_LOST : loses.join(" "),
    ...originRisk(facts.invalidated),
  };
}

function surgicalWords(level: LevelFacts, facts: RepairFacts, said: Said | null): Risked {
  const { table } = level;
  if (table === null) throw new Error("a surgical repair without a table");
  if (isUntouched(table)) {
    const words = salvageWords(level, facts, said);
    return { ...words, why: `${words.why} The table holds nothing that can only be damage.` };
  }
  const loses = [...tableDrops(table), ...lostWords(table.lost)];
  const risk = originRisk(facts.invalidated);
  const guessed = isGuessed(table)
    ? "What was dropped is not proved by the bytes: where it was right, the snapshot reads the origin as it is now."
    : table.reattached > 0
      ? "Exceptions behind the end of the table may be an older table's: the header does not tell."
      : "";
  return {
    why: [change(level, facts), "The table holds what can only be damage."]
      .filter((sentence) => sentence !== "")
      .join(" "),
    brings: `${tableBrings(table)} ${verdictWords(said)}`,
    loses: loses.length === 0 ? NOTHING_LOST : loses.join(" "),
    risk: guessed === "" ? risk.risk : "high",
    riskWhy: [guessed, risk.riskWhy].filter((sentence) => sentence !== "").join(" "),
  };
}

function change({ after }: LevelFacts, { now, chunkSize }: RepairFacts): string {
  return chunkSize ? headerChange(now.header, after?.header ?? null, chunkSize) : "";
}

const verdictWords = (said: Said | null): string =>
  said ? `Checked again: ${said.verdict.title}.` : "";

/** What a snapshot reads where nothing was copied depends on what was written to the origin since. */
function originRisk(invalidated: Invalidated): { risk: RepairRisk; riskWhy: string } {
  const since =
    "The origin has been written to since without exceptions, so chunks that were not copied out read as the origin is now.";
  switch (invalidated) {
    case "no":
      return {
        risk: "low",
        riskWhy:
          "The header still says that the kernel never invalidated this snapshot, and until then no chunk of the origin is written before its old content is copied. What it reads is wrong only if the origin was written to while the snapshot was not active; LVM activates neither without the other.",
      };
    case "flag":
      return { risk: "high", riskWhy: `The kernel invalidated this snapshot. ${since}` };
    case "race":
      return {
        risk: "high",
        riskWhy: `The bytes are what the race on invalidation leaves, so the kernel invalidated this snapshot. ${since}`,
      };
    case "unknown":
      return {
        risk: "high",
        riskWhy:
          "Nothing tells any more whether the kernel had invalidated this snapshot. If it had, chunks that were not copied out read as the origin is now.",
      };
  }
}
