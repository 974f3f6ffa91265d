import type { StoreSubject } from "../../protocol/machine.ts";
import type { AdviceStep } from "../../protocol/report.ts";
import { shellQuote } from "../../protocol/shell-quote.ts";

/**
 * The same steps for the volume they are about: advice is written for `VG/SNAP`, and stays so where
 * nobody knows what it is called, or where the name would be read as an option.
 */
export function withNames(
  steps: readonly AdviceStep[],
  subject: StoreSubject | null,
): readonly AdviceStep[] {
  if (!subject || /^[-/]/.test(subject.vg) || /^[-/]/.test(subject.lv)) return steps;
  return steps.map((step) => ({
    ...step,
    commands: step.commands.map((command) => named(command, subject)),
  }));
}

function named(command: string, { vg, lv, origin }: StoreSubject): string {
  return command
    .replaceAll("/dev/mapper/VG-SNAP-cow", () =>
      shellQuote(`/dev/mapper/${mapped(vg)}-${mapped(lv)}-cow`),
    )
    .replaceAll("/dev/VG/SNAP", () => shellQuote(`/dev/${vg}/${lv}`))
    .replaceAll("VG/SNAP", () => shellQuote(`${vg}/${lv}`))
    .replaceAll("/dev/VG/ORIGIN", (asIs) =>
      origin === null ? asIs : shellQuote(`/dev/${vg}/${origin}`),
    )
    .replace(/ VG$/, () => ` ${shellQuote(vg)}`);
}

/** A single `-` stands between the parts of a mapped device's name (dm_build_dm_name of lvm2). */
const mapped = (name: string): string => name.replaceAll("-", "--");
