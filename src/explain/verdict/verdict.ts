import type { Severity } from "../../protocol/finding.ts";
import type { Verdict, VerdictId } from "../../protocol/report.ts";
import { sentences } from "../words.ts";
import { actionText } from "./advice.ts";
import type { Judged } from "./judged.ts";
import { namedCause } from "./named-cause.ts";
import { idInSetting, saidInSetting } from "./setting-words.ts";
import { RANK, worst } from "./severity.ts";
import { withNames } from "./subject.ts";
import { VERDICT_WORDS } from "./verdict-words.ts";

/**
 * The verdict on the store: what matters most to whoever is about to activate it. Its own bytes are
 * judged first; what lies around it comes on top.
 */
export function verdict({ findings, ...around }: Judged): Verdict {
  const judged = {
    ...around,
    findings: findings.filter(({ code }) => code !== "store.incomplete"),
  };
  const alone = verdictId(judged);
  const id = idInSetting(alone, judged.setting);
  const words = VERDICT_WORDS[alone];
  const own = {
    title: startsAllTheSame(alone, judged) ? STARTS_INVALID : words.title(judged),
    cause: causeOf(alone, judged, words.cause(judged)),
    lead: words.lead(judged),
    steps: words.steps(judged),
  };
  const { title, cause, lead, ...said } = saidInSetting(alone, own, judged);
  const steps = withNames(said.steps, judged.setting.subject);
  return {
    id,
    severity: severityOf(id, judged),
    title,
    cause,
    action: actionText(lead, steps),
    steps: [...(lead === "" ? [] : [{ text: lead, commands: [], destroys: null }]), ...steps],
  };
}

/** Up to 2.6.18 a failed read of the metadata is ignored: the device is there, and invalid. */
const startsAllTheSame = (id: VerdictId, { kernel }: Judged): boolean =>
  id.startsWith("refused-") && kernel.activates;
const STARTS_INVALID =
  "This kernel takes the snapshot all the same, but as an invalid one: every read of it fails";

/** Where the bytes tell how it came about, that is the cause; why a kernel refuses it, its lines say. */
function causeOf(id: VerdictId, judged: Judged, general: string): string {
  const named = namedCause(judged.facts);
  if (named === null) return general;
  // A device that ends too early is a second thing that is wrong, however the first came about.
  return id.startsWith("refused-") && id !== "refused-io"
    ? named.sentence
    : sentences(named.sentence, general);
}

function verdictId({ facts, kernel, findings }: Judged): VerdictId {
  if (facts.looksLike !== null) return "not-a-store";
  if (kernel.crash) return "crash";
  if (kernel.errno !== null && !facts.activation.aligned) return "refused-io";
  switch (facts.activation.outcome) {
    case "new":
      return facts.holdsData ? "would-be-formatted" : "new";
    case "new-no-room":
      return facts.holdsData ? "would-be-formatted" : "refused-io";
    case "io-error":
      return "refused-io";
    case "bad-magic":
      return "refused-magic";
    case "bad-chunk-size":
    case "bad-table":
    case "no-table-chunk":
      return "refused-chunk-size";
    case "bad-version":
      return "refused-version";
    case "invalid":
      return "invalidated";
    case "crash":
    case "buffer-overrun":
    case "dm-io-bug":
      return "crash";
    case "invalid-refused":
      return "invalidated";
    case "no-hash-table":
    case "no-memory":
      return "refused-io";
    case "read-areas":
      break;
  }
  if (kernel.errno !== null || facts.activation.areas?.ioError) return "refused-io";
  const severity = worst(findings);
  if (severity === "ok") return "healthy";
  if (severity === "note") return "odd";
  const others = findings.filter(({ code }) => code !== "store.full");
  return RANK.indexOf(worst(others)) < RANK.indexOf("problem") ? "full" : "damaged";
}

function severityOf(id: VerdictId, judged: Judged): Severity {
  const { severity } = VERDICT_WORDS[id];
  return typeof severity === "function" ? severity(judged) : severity;
}
