import type { KernelOutcome } from "../../protocol/report.ts";
import { plural } from "../words.ts";

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
    ({ sector, sectors, what }) => `${what}: ${plural(BigInt(sectors), "sector")} from ${sector}`,
  );
  if (writes.length > 0) lines.push({ from: "writes", texts: writes });
  else if (outcome.activates) lines.push({ from: "writes", texts: ["nothing"] });
  return lines;
}

/** Who prints a line: the same for so many that the short form leaves it out. */
const SPEAKER = /^device-mapper: (?:persistent snapshot|snapshots|table: MAJ:MIN: snapshot): /;
/** Every failure has these. */
const FAILURE = /^device-mapper: (?:table|ioctl):/;
const TELLS_LITTLE = [/overrides table chunk size/, FAILURE];

/**
 * The lines that say why it ends so, and those that set it apart.
 * @param other what the kernel does that is told in full.
 */
export function gistOf(outcome: KernelOutcome, other: KernelOutcome): string[] {
  const { activates, crash, dmesg, dmsetup, status, writes } = outcome;
  if (crash !== null) return [crash];
  const tells = (line: string) => !TELLS_LITTLE.some((little) => little.test(line));
  const isNew = (line: string) => !other.dmesg.includes(line) && !isFailure(line);
  const telling = dmesg.filter((line) => tells(line) || isNew(line));
  if (!activates && !telling.some(tells)) telling.push(dmesg.find(isFailure) ?? dmsetup ?? "");
  const written = writes.map(
    ({ sector, sectors, what }) =>
      `overwrites ${what}: ${plural(BigInt(sectors), "sector")} from ${sector}`,
  );
  return [
    ...telling.map((line) => line.replace(SPEAKER, "")),
    ...written,
    ...(status === null ? [] : [`status ${status}`]),
  ];
}

const isFailure = (line: string): boolean => FAILURE.test(line);
