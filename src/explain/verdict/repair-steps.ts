import { kernelAge } from "../../protocol/find-kernel.ts";
import type { FindingCode } from "../../protocol/finding.ts";
import type { AdviceStep } from "../../protocol/report.ts";
import type { Judged } from "./judged.ts";

/**
 * What a repair has for a store, told before its plan is made: a level at no or at low risk comes
 * first of what to do. The plan itself checks what it offers, and is the last word on it.
 */
export function repairSteps(judged: Judged): AdviceStep[] {
  const text = repairText(judged);
  return text === "" ? [] : [{ text, commands: [], destroys: null, by: "repair" }];
}

const PLAN = "Its plan says what each level brings, loses and risks, and changes nothing.";

function repairText(judged: Judged): string {
  const { facts, kernel } = judged;
  const better = facts.findings.find(isContradicted);
  const size = better ? Number(better.expected) : facts.chunkSize;
  if (isRefusedForTheTable(judged)) return "";
  if (isSalvaged(judged)) {
    return `A repair (salvage) can bring it back **at low risk**: the header is put right, with chunk size ${size}, in a copy. ${PLAN}`;
  }
  if (isStarted(judged)) {
    return `A repair (boot) can let the machine start **at no risk**: in a copy, the header is made to say that the snapshot is invalid, and the origin and its other snapshots activate again. ${PLAN}`;
  }
  return kernel.activates ? `A repair may put some of it right. ${PLAN}` : "";
}

/** Whatever the store says then, the table line or the devices keep it from being taken. */
function isRefusedForTheTable({ facts, findings }: Judged): boolean {
  const { outcome, aligned, overridesTable } = facts.activation;
  if (!aligned || outcome === "bad-table" || outcome === "no-table-chunk") return true;
  if (outcome !== "io-error" || overridesTable) return false;
  // Too short for the table's chunk: no header helps, unless the chunk size came from a wrong one.
  return facts.tableChunkFrom !== "header" || !findings.some(isContradicted);
}

const isContradicted = ({ code }: { code: FindingCode }): boolean =>
  code === "header.chunk-size.contradicted";

/** The header is what is wrong, its chunk size is known, and it was never invalidated. */
function isSalvaged({ facts, findings }: Judged): boolean {
  const { chunkSizeFrom, saysNeverInvalidated, activation } = facts;
  if (!saysNeverInvalidated) return false;
  if (findings.some(isContradicted)) return true;
  const refused = ["new", "new-no-room", "bad-magic", "bad-chunk-size", "bad-version"];
  return chunkSizeFrom !== "default" && refused.includes(activation.outcome);
}

/** An invalid snapshot is started by every kernel that reads the header and does not refuse it. */
function isStarted({ facts, kernel }: Judged): boolean {
  if (kernel.activates && kernel.writes.length === 0) return false;
  const age = kernelAge(facts.options.kernel);
  return !age.refusesInvalid || age.ignoresFailedRead;
}
