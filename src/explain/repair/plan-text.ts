import type { HexPatch, LevelPlan, RepairPlan } from "../../protocol/repair.ts";
import type { KernelOutcome } from "../../protocol/report.ts";
import { plural } from "../words.ts";
import { wrapped } from "../wrapped.ts";

/** What is printed of a level at most; `--json` has it all. */
const MOST_PATCHES = 8;
const MOST_BYTES = 32;
const MOST_LINES = 80;

/** The plan for people: level by level what it brings, loses and risks, then what to type. */
export function planText({ image, now, levels }: RepairPlan, full: boolean): string {
  return [
    `${image.name}: ${now.verdict.title}`,
    ...levels.flatMap((level) => ["", ...levelLines(level, full)]),
    "",
    "",
  ].join("\n");
}

/** What a repaired copy that was just written is not, for people: it stands above the copy's own report. */
export function copyText(out: string, plan: LevelPlan): string {
  if (!plan.possible) return "";
  return [
    `${out}: the repaired copy, level ${plan.level}, risk ${plan.risk}`,
    ...costLines(plan),
    "  What follows is a check of the copy by itself, as of any store.",
    "",
    "",
  ].join("\n");
}

function costLines({ loses, risk, riskWhy, caution }: LevelPlan): string[] {
  return [
    ...wrapped("  ", `Loses: ${loses}`),
    ...wrapped("  ", `Risk ${risk}: ${riskWhy}`),
    ...(caution === "" ? [] : wrapped("  ", caution)),
  ];
}

function levelLines(plan: LevelPlan, full: boolean): string[] {
  const { level, possible, why, brings, risk, after } = plan;
  if (!possible) return [`${level}: not possible`, ...wrapped("  ", why)];
  return [
    `${level}: possible, risk ${risk}`,
    ...wrapped("  ", why),
    ...wrapped("  ", `Brings: ${brings}`),
    ...costLines(plan),
    ...(after ? wrapped("  ", `The kernel then: ${outcomeWords(after.kernel)}.`) : []),
    ...patchLines(plan.patches),
    ...(full ? [...commandLines(plan), ...nextLines(plan)] : []),
  ];
}

function outcomeWords({ activates, crash, dmsetup, status }: KernelOutcome): string {
  if (crash !== null) return `crashes: ${crash}`;
  return activates ? `activates, status “${status}”` : `refuses: ${dmsetup}`;
}

function patchLines(patches: readonly HexPatch[]): string[] {
  const lines = patches
    .slice(0, MOST_PATCHES)
    .flatMap(({ offset, before, after, onDisks }) => [
      `  at byte ${offset}, ${plural(before.length / 2, "byte")}`,
      ...(onDisks ?? []).map(
        (place) => `    which is byte ${place.offset} of ${place.image}, for ${place.bytes}`,
      ),
      `    before  ${hexWords(before)}`,
      `    after   ${hexWords(after)}`,
    ]);
  const more = patches.length - MOST_PATCHES;
  return more > 0 ? [...lines, `  … and ${plural(more, "more place")}`] : lines;
}

function hexWords(hex: string): string {
  const shown = hex.slice(0, MOST_BYTES * 2).replace(/..(?=.)/g, "$& ");
  const more = hex.length / 2 - MOST_BYTES;
  return more > 0 ? `${shown} … and ${more} more` : shown;
}

function commandLines({ commands, undo }: LevelPlan): string[] {
  return [
    "  Commands (the image is only read; pasted whole, they stop and say why where other bytes stand):",
    ...listed(commands),
    "  Undo, in the copy:",
    ...listed(undo),
  ];
}

/** What the copy is good for, after its report. */
export function nextText(plan: LevelPlan): string {
  return plan.next.length === 0 ? "" : [...nextLines(plan), "", ""].join("\n");
}

function nextLines({ next }: LevelPlan): string[] {
  if (next.length === 0) return [];
  return [
    "  With the copy:",
    ...next.flatMap(({ text, destroys, commands }) => [
      ...wrapped("  ", text),
      ...(destroys === null ? [] : wrapped("  ", `This destroys ${destroys}.`)),
      ...listed(commands),
    ]),
  ];
}

function listed(commands: readonly string[]): string[] {
  const lines = commands.flatMap((command) => command.split("\n"));
  const more = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES).map((line) => `    ${line}`);
  return more > 0 ? [...shown, `    # … and ${plural(more, "more line")}: --json has all`] : shown;
}
