import { kernelAge } from "../../protocol/kernel-ages.ts";
import type { AgeOutcome } from "../../protocol/report.ts";

/** Neighbouring ages that do the same with a store. */
export interface AgeGroup {
  /** Which kernels, in words. */
  kernels: string;
  /** The newest of them: how the others differ in print is not worth a row. */
  outcome: AgeOutcome;
}

/** @param ages of a report, oldest first; @returns newest first, as a person asks. */
export function ageGroups(ages: readonly AgeOutcome[]): AgeGroup[] {
  const groups: AgeOutcome[][] = [];
  for (const age of ages) {
    const group = groups[groups.length - 1];
    const before = group?.[group.length - 1];
    if (group && before && sameFate(before, age)) group.push(age);
    else groups.push([age]);
  }
  return groups.reverse().flatMap((group) => {
    const outcome = group[group.length - 1];
    return outcome ? [{ kernels: kernelsOf(group), outcome }] : [];
  });
}

function sameFate(a: AgeOutcome, b: AgeOutcome): boolean {
  const fate = ({ activates, crash, errno, status, dmesg }: AgeOutcome): string => {
    const lines = dmesg.map((line) => line.replace(/ \(-E\w+\)$/, ""));
    const bug = crash?.replace(/:\d+$/, "") ?? null;
    return JSON.stringify([activates, bug, errno, status?.split(" ")[0] ?? null, lines]);
  };
  return fate(a) === fate(b);
}

function kernelsOf(group: readonly AgeOutcome[]): string {
  const first = group[0];
  const last = group[group.length - 1];
  if (!first || !last) return "";
  if (first === last) return first.kernels;
  const [major, minor, patch] = kernelAge(first.age).from;
  const isOldest = major === 0;
  const isNewest = last.age === "modern";
  if (isOldest && isNewest) return "every kernel";
  const since = patch > 0 ? `${major}.${minor}.${patch}` : `${major}.${minor}`;
  if (isNewest) return `${since} and later`;
  const until = last.kernels.replace(/ \(.*\)$/, "").replace(/^.* (to|and) /, "");
  return isOldest ? `up to ${until}` : `${since} to ${until}`;
}
