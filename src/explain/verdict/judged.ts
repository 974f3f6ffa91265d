import type { StoreFacts } from "../../protocol/facts.ts";
import type { Finding } from "../../protocol/finding.ts";
import type { StoreSetting } from "../../protocol/machine.ts";
import type { AgeOutcome, KernelOutcome } from "../../protocol/report.ts";

/** Everything a verdict's sentences may draw on. */
export interface Judged {
  facts: StoreFacts;
  kernel: KernelOutcome;
  /** Under every age, oldest first. */
  ages: readonly AgeOutcome[];
  findings: readonly Finding[];
  setting: StoreSetting;
}
