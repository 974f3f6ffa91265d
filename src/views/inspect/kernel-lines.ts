import type { KernelOutcome } from "../../protocol/report.ts";
import { counted } from "../../ui/format.ts";

/** What is said or done on activation, under the name of whoever says it. */
export interface KernelLines {
  from: string;
  texts: string[];
}

/** All of it, as the console and dmsetup show it. */
export function linesOf(outcome: KernelOutcome): KernelLines[] {
  const lines: KernelLines[] = [];
  if (outcome.dmesg.length > 0) lines.push({ from: "dmesg", texts: outcome.dmesg });
  if (outcome.crash !== null) lines.push({ from: "oops", texts: [outcome.crash] });
  const failure = [outcome.dmsetup, outcome.errno].filter((text) => text !== null);
  if (failure.length > 0) lines.push({ from: "dmsetup", texts: [failure.join(" · ")] });
  if (outcome.status !== null) lines.push({ from: "status", texts: [outcome.status] });
  const writes = outcome.writes.map(
    ({ sector, sectors, what }) => `${what}: ${counted(sectors, "sector")} from ${sector}`,
  );
  if (writes.length > 0) lines.push({ from: "writes", texts: writes });
  else if (outcome.activates) lines.push({ from: "writes", texts: ["nothing"] });
  return lines;
}

/** Who prints a line: the same for so many that the short form leaves it out. */
const SPEAKER = /^device-mapper: (?:persistent snapshot|snapshots|table: MAJ:MIN: snapshot): /;
/** Lines that follow from another, or that every failure has. */
const TELLS_LITTLE = [/overrides table chunk size/, /^device-mapper: (?:table|ioctl):/];

/** The line or two that say why it ends so. */
export function gistOf(outcome: KernelOutcome): string[] {
  const { activates, crash, dmesg, dmsetup, status, writes } = outcome;
  if (crash !== null) return [crash];
  if (!activates) {
    const telling = dmesg.find((line) => !TELLS_LITTLE.some((little) => little.test(line)));
    return [(telling ?? `${dmesg.at(-2) ?? dmsetup ?? ""}`).replace(SPEAKER, "")];
  }
  const written = writes.map(
    ({ sector, sectors, what }) => `overwrites ${what}: ${counted(sectors, "sector")} from ${sector}`,
  );
  return [...dmesg.map((line) => line.replace(SPEAKER, "")), ...written, `status ${status}`];
}
