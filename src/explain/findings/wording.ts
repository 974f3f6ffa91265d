import type { FoundFact, StoreFacts } from "../../protocol/facts.ts";
import type { Severity } from "../../protocol/finding.ts";

type Words = (fact: FoundFact, facts: StoreFacts) => string;

/** What one finding code says: how bad it is, what it means, what was expected and what was found. */
export interface Wording {
  severity: Severity | ((fact: FoundFact, facts: StoreFacts) => Severity);
  message: Words;
  expected: Words;
  found: Words;
}
