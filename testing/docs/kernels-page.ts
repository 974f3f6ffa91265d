import { kernelNames } from "../../src/explain/kernel/kernel-names.ts";
import { findKernel } from "../../src/protocol/find-kernel.ts";
import type { AskedKernel, KernelAge } from "../../src/protocol/kernel-age.ts";
import { KERNEL_AGES } from "../../src/protocol/kernel-ages.ts";
import { KERNEL_BORDERS } from "../../src/protocol/kernel-borders.ts";
import { bound, compareReleases, type ReleaseRange } from "../../src/protocol/kernel-release.ts";
import type { CorpusRow } from "../corpus/rows.ts";
import { isWhole, type Tally } from "../corpus/tally.ts";

/** What a kernel was asked, before anything is compared: every row agrees until one is found not to. */
export function tallyOf(rows: readonly CorpusRow[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { kernel, answer } of rows) {
    const empty = { kernel, how: answer.how, rows: 0, agree: 0, snapshots: 0, read: 0 };
    const tally = tallies.get(kernel) ?? empty;
    tallies.set(kernel, tally);
    tally.agree = ++tally.rows;
    const isRead = answer.how === "booted" && answer.verdict.sha256Snapshot !== null;
    if (isRead) tally.read = ++tally.snapshots;
  }
  return [...tallies.values()];
}

/**
 * docs/kernels.md, from what was asked and the table of ages.
 * @param merges the kernel of every merge that was asked, by its release.
 */
export function kernelsPage(tallies: readonly Tally[], merges: readonly string[]): string {
  const asked = KERNEL_AGES.flatMap((age) => age.asked.map((kernel) => ({ age, kernel })));
  const newestFirst = asked.toSorted((a, b) => -compare(a.kernel, b.kernel));
  return `${[
    "# Kernels, and how it is known what they do",
    "",
    "Made by `npm run docs:kernels` from `fixtures/` and `src/protocol/kernel-ages.ts`; a test keeps it so.",
    "",
    sumsLine(tallies),
    "",
    "- **booted**: the kernel itself, a distribution's binary in a virtual machine, was given the store.",
    "- **own code**: its unchanged driver was run in userland on the bytes: what its constructor returns, every line, the",
    "  status, every BUG. Not its races, nor memory pressure, nor what is read through the snapshot (`fixtures/README.md`).",
    "- **read**: only its source, or what announced the change.",
    "",
    "## Every kernel that was asked",
    "",
    "| kernel | how | age | check agrees | snapshot agrees |",
    "| --- | --- | --- | --- | --- |",
    ...newestFirst.map(({ age, kernel }) => askedLine(age, kernel, tallies)),
    "",
    "Check: what `dmsetup create` returns, every line of device-mapper, the status, the BUG. Snapshot: all that can be read",
    "through it, and the chunks that answer with an error. A kernel without numbers was asked before its answers were kept.",
    "",
    "## Merging",
    "",
    "What the snapshot-merge target did with a store (`fixtures/merge/`): every line, the status once it had stopped, and how",
    "many exceptions were left on the disk.",
    "",
    "| kernel | how | merging agrees |",
    "| --- | --- | --- |",
    ...mergeLines(merges),
    "",
    "## Ages: kernels that do the same with the same bytes",
    "",
    "| age | kernels | how it is known |",
    "| --- | --- | --- |",
    ...KERNEL_AGES.toReversed().map(ageLine),
    "",
    "## Borders: what it rests on that an age begins there",
    "",
    "| from | age | rests on | because |",
    "| --- | --- | --- | --- |",
    ...KERNEL_BORDERS.map(borderLine),
  ].join("\n")}\n`;
}

/** “28 of 28 kernels …”: what the README says as well. */
export function sumsLine(tallies: readonly Tally[]): string {
  const words = (how: Tally["how"]) => {
    const own = tallies.filter((tally) => tally.how === how);
    const rows = own.reduce((sum, tally) => sum + tally.rows, 0);
    const agree = own.reduce((sum, tally) => sum + tally.agree, 0);
    return `${agree} of ${rows} answers of ${own.length} kernels`;
  };
  return `Cowscope says the same as ${words("booted")} that were booted, and as ${words("own code")} whose own code was run.`;
}

const compare = (a: AskedKernel, b: AskedKernel): number =>
  compareReleases(bound(a.release), bound(b.release));

function askedLine(age: KernelAge, { release, how }: AskedKernel, tallies: readonly Tally[]) {
  const tally = tallies.find(({ kernel }) => kernel === release);
  const cells = tally
    ? [
        `${tally.agree} of ${tally.rows}`,
        tally.snapshots === 0 ? "" : `${tally.read} of ${tally.snapshots}`,
      ]
    : ["", ""];
  return `| ${release} | ${how} | ${age.id} | ${cells.join(" | ")} |`;
}

function mergeLines(merges: readonly string[]): string[] {
  const releases = [...new Set(merges)].toSorted((a, b) => -compareReleases(bound(a), bound(b)));
  return releases.map((release) => {
    const rows = merges.filter((one) => one === release).length;
    return `| ${release} | booted | ${rows} of ${rows} |`;
  });
}

function ageLine(age: KernelAge): string {
  const how = age.asked.map(({ release, how: by }) => `${release} ${by}`);
  return `| ${age.id} | ${kernelNames(age)} | ${how.length === 0 ? "read" : how.join(", ")} |`;
}

function borderLine({ vendor, from, source, why }: (typeof KERNEL_BORDERS)[number]): string {
  const of = ({ releases }: KernelAge) =>
    releases.some((range: ReleaseRange) => range.vendor === vendor && range.from === from);
  const first = vendor === undefined ? "the first" : `the first of ${vendor}`;
  const text = from === undefined ? first : `${from}${vendor === undefined ? "" : `.${vendor}`}`;
  return `| ${text} | ${KERNEL_AGES.find(of)?.id ?? ""} | ${source} | ${why} |`;
}

/** @throws where a row is of a kernel that the table of ages does not name, or disagrees. */
export function requireWhole(tallies: readonly Tally[]): void {
  for (const tally of tallies) {
    if (!findKernel(tally.kernel)?.isNearest) throw new Error(`not in the table: ${tally.kernel}`);
    if (!isWhole(tally)) throw new Error(`${tally.kernel} disagrees: see npm run test:corpus`);
  }
}
