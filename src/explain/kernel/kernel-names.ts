import { findKernel } from "../../protocol/find-kernel.ts";
import type { KernelAge } from "../../protocol/kernel-age.ts";
import { KERNEL_AGES } from "../../protocol/kernel-ages.ts";
import {
  bound,
  compareReleases,
  parseRelease,
  type ReleaseRange,
} from "../../protocol/kernel-release.ts";

/** Minor releases of RHEL by the first number behind their version, oldest first. */
const RHEL: Record<string, { name: string; minors: readonly [build: number, minor: string][] }> = {
  el4: { name: "RHEL 4", minors: [] },
  el5: {
    name: "RHEL 5",
    minors: [
      [8, "5.0"],
      [53, "5.1"],
      [92, "5.2"],
      [128, "5.3"],
      [164, "5.4"],
      [194, "5.5"],
    ],
  },
  el6: {
    name: "RHEL 6",
    minors: [
      [71, "6.0"],
      [358, "6.4"],
      [431, "6.5"],
    ],
  },
  el7: { name: "RHEL 7", minors: [] },
};

/** What well known distributions run: the name says more than the number. */
const DISTRIBUTIONS: readonly [name: string, release: string][] = [
  ["Debian 10", "4.19.0-27-amd64"],
  ["Debian 11", "5.10.0-46-amd64"],
  ["Ubuntu 20.04", "5.4.0-200-generic"],
  ["Ubuntu 22.04", "5.15.0-91-generic"],
  ["Debian 12", "6.1.0-56-amd64"],
];

/** Series that a major release ended with. */
const LAST_MINOR: Record<number, string> = {
  3: "2.6.39",
  4: "3.19",
  5: "4.20",
  6: "5.19",
  7: "6.19",
};

/** An age in words: its releases, and in brackets the distributions that run them. */
export function kernelNames(age: KernelAge): string {
  const known = NAMES.get(age);
  if (known !== undefined) return known;
  const aside = distributionNames([age]);
  const names = aside === null ? rangeNames([age]) : `${rangeNames([age])} (${aside})`;
  NAMES.set(age, names);
  return names;
}

/** Every report names every age: once is enough. */
const NAMES = new Map<KernelAge, string>();

/** The releases of these ages: “5.2 to 6.6.120, 6.7 to 6.12.65”; “every kernel” where it is all. */
export function rangeNames(ages: readonly KernelAge[]): string {
  if (KERNEL_AGES.every((age) => ages.includes(age))) return "every kernel";
  const ranges = ages.flatMap(({ releases }) => releases);
  const mainline = joined(ranges.filter(({ vendor }) => vendor === undefined));
  return [...mainline.map(mainlineWords), ...rhelWords(ranges)].join(", ");
}

/** Distributions that run one of these ages; null where none is known, or all are. */
export function distributionNames(ages: readonly KernelAge[]): string | null {
  if (KERNEL_AGES.every((age) => ages.includes(age))) return null;
  const names = DISTRIBUTIONS.filter(([, release]) => {
    const age = findKernel(release)?.age;
    return age !== undefined && ages.includes(age);
  }).map(([name]) => name);
  return names.length === 0 ? null : names.join(", ");
}

/** Ranges that follow on each other, as one; newest first. */
function joined(ranges: readonly ReleaseRange[]): ReleaseRange[] {
  const byStart = ranges.toSorted((a, b) => order(a.from, b.from));
  const result: ReleaseRange[] = [];
  for (const range of byStart) {
    const last = result.at(-1);
    if (last?.before !== undefined && last.before === range.from) {
      const { before: _, ...open } = last;
      result[result.length - 1] =
        range.before === undefined ? open : { ...last, before: range.before };
    } else result.push(range);
  }
  return result.reverse();
}

function order(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
  return compareReleases(bound(a), bound(b));
}

function mainlineWords({ from, before }: ReleaseRange): string {
  if (from === undefined) return before === undefined ? "all" : `up to ${releaseBefore(before)}`;
  const first = from.replace(/-rc1$/, "");
  if (before === undefined) return `${first} and later`;
  const last = releaseBefore(before);
  if (first === last) return first;
  // Candidates only, of a release that is not among them.
  if (last === `${first}-rc`) return last;
  if (last.startsWith(`${first}-rc`)) return `${from} to ${last}`;
  // All that is left of one stable series, which goes on.
  return first.startsWith(`${last}.`) ? `${last} since ${first}` : `${first} to ${last}`;
}

/** The last release before a bound: 6.6.120 before 6.6.121, 6.6 before 6.7-rc1. */
function releaseBefore(text: string): string {
  const candidate = /^(.*)-rc(\d+)$/.exec(text);
  if (candidate && candidate[2] !== "1") return `${candidate[1]}-rc${Number(candidate[2]) - 1}`;
  const numbers = (candidate?.[1] ?? text).split(".").map(Number);
  if (!candidate && numbers.length === 2) return `${text}-rc`;
  const last = numbers.pop() ?? 0;
  if (last === 0) return LAST_MINOR[numbers[0] ?? 0] ?? text;
  return [...numbers, last - 1].join(".");
}

/** RHEL's own kernels by its minor releases. */
function rhelWords(ranges: readonly ReleaseRange[]): string[] {
  return Object.entries(RHEL).flatMap(([vendor, { name, minors }]) => {
    const own = ranges.filter((range) => range.vendor === vendor);
    return joined(own).map(({ from, before }) => {
      const at = (text: string) => {
        const build = parseRelease(`${text}.${vendor}`)?.build ?? [];
        return build.length === 1 ? minors.findIndex(([number]) => number === build[0]) : BETWEEN;
      };
      const first = from === undefined ? 0 : at(from);
      const end = before === undefined ? minors.length : at(before);
      const minor = (index: number) => `RHEL ${minors[index]?.[1] ?? ""}`;
      if (first === BETWEEN) {
        const last = before === undefined || end === BETWEEN ? name : minor(end - 1);
        return `${last} since ${from}`;
      }
      if (end === BETWEEN) {
        return `${first === 0 ? name : `${minor(first)} and later,`} before ${before}`;
      }
      if (first === 0 && end === minors.length) return name;
      if (end - first === 1 && end < minors.length) return minor(first);
      return end === minors.length
        ? `${minor(first)} and later`
        : `${minor(first)} to ${minors[end - 1]?.[1]}`;
    });
  });
}

/** A build that a minor release got later on. */
const BETWEEN = -1;
