import type { StoreCheck } from "../../client/store-checks.ts";
import type { Severity } from "../../protocol/finding.ts";
import { imageName } from "../../protocol/found-store.ts";
import type { FoundStore } from "../../protocol/machine.ts";

export type SortKey = "name" | "bytes" | "exceptions" | "verdict";

const SEVERITIES: readonly Severity[] = ["fatal", "problem", "note", "ok"];

/** Worst first; what could not be read is as bad as a problem, what was not read yet comes last. */
function rankOf(check: StoreCheck | undefined): number {
  if (check?.at === "checked") return SEVERITIES.indexOf(check.report.verdict.severity);
  return check?.at === "problem" ? SEVERITIES.indexOf("problem") : SEVERITIES.length;
}

const exceptionsOf = (check: StoreCheck | undefined): number =>
  check?.at === "checked" ? Number(check.report.exceptions.count) : -1;

/** A copy in that order; equals keep theirs. */
export function sortedStores(
  stores: readonly FoundStore[],
  checks: ReadonlyMap<number, StoreCheck>,
  key: SortKey,
  down: boolean,
): FoundStore[] {
  const compare = (one: FoundStore, other: FoundStore): number => {
    const [first, second] = [checks.get(one.node), checks.get(other.node)];
    switch (key) {
      case "name":
        return imageName(one).localeCompare(imageName(other), "en");
      case "bytes":
        return one.bytes - other.bytes;
      case "exceptions":
        return exceptionsOf(first) - exceptionsOf(second);
      case "verdict":
        return rankOf(first) - rankOf(second);
    }
  };
  return [...stores].sort((one, other) => (down ? -compare(one, other) : compare(one, other)));
}
