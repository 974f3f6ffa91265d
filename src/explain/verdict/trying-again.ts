import { kernelAge } from "../../protocol/find-kernel.ts";
import type { AgeOutcome } from "../../protocol/report.ts";
import { rangeNames } from "../kernel/kernel-names.ts";
import { sentences } from "../words.ts";
import type { Judged } from "./judged.ts";

/** What LVM does with the whole family (seen: shared corpus, lvm/corrupt-snapshot-header). */
const LVM_REFUSED =
  "Under LVM a refused snapshot keeps **the origin and all its snapshots** from being activated.";
const LVM_INVALID =
  "Under LVM the origin and its other snapshots are activated all the same; no read of this one succeeds.";

/** The ages that are given the same table line as the kernel asked about. */
const givenTheSame = ({ facts, ages }: Judged): AgeOutcome[] =>
  ages.filter(({ tableChunk }) => tableChunk === facts.activation.tableChunk);

/** Whether a kernel that is given the same table line crashes on it. */
export const crashesSomewhere = (judged: Judged): boolean =>
  givenTheSame(judged).some(({ crash }) => crash !== null);

/** Of a store that the kernel asked about does not crash on, while others do. */
export function crashTitle(judged: Judged): string {
  const others = givenTheSame(judged).filter(({ crash }) => crash === null);
  const refuses = others.some(({ activates }) => !activates);
  const starts = others.filter(({ activates }) => activates);
  const invalid = starts.some(({ status }) => status === "Invalid");
  const taken = starts.some(({ status }) => status !== "Invalid");
  const what = [
    ...(refuses ? ["refuse it"] : []),
    ...(invalid ? ["start it as invalid"] : []),
    ...(taken ? ["take it as it is"] : []),
  ];
  return `Activating this snapshot crashes some old kernels; others ${what.join(", or ")}`;
}

/** Whether trying again does harm, and with which kernels. */
export function refusedLead(judged: Judged): string {
  const lvm = judged.kernel.activates ? LVM_INVALID : LVM_REFUSED;
  // Another table line shows what a kernel does, too: LVM's names a chunk size.
  const crashing = judged.ages.filter(({ crash }) => crash !== null);
  const [first] = crashing;
  if (!first) return sentences(lvm, "Trying again does not make it worse, and does not help.");
  const isOther = first.tableChunk !== judged.facts.activation.tableChunk;
  const given = isOther ? ` (given a table chunk size of ${first.tableChunk})` : "";
  const names = `${rangeNames(crashing.map(({ age }) => kernelAge(age)))}${given}`;
  const lines = [...new Set(crashing.map(({ crash }) => crash))].join(", or ");
  return sentences(
    lvm,
    `Do not try again under another kernel: **it crashes ${names}** (${lines}). Under this one it does not make it worse, and does not help.`,
  );
}
