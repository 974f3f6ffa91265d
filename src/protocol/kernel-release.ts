/** A kernel release as `uname -r` prints it, taken apart. */
export interface Release {
  /** major, minor, patch, stable, and the candidate (0 for none, below 0 before the release). */
  version: readonly number[];
  /** The distribution whose own numbers follow: `el5` …; null where the version says it all. */
  vendor: string | null;
  /** The distribution's numbers: 2.6.18-194.11.4.el5 has 194, 11, 4. */
  build: readonly number[];
}

/** Releases of one line, `from` included, `before` not; no bound on a side that is left out. */
export interface ReleaseRange {
  /** Only releases that this distribution made; without it, only those that no such range holds. */
  vendor?: string;
  from?: string;
  before?: string;
}

/** A candidate comes before its release: -rc1 is -999, the release itself 0. */
const CANDIDATE = -1000;

/**
 * Takes a release apart: `6.1.0-56-amd64`, `6.12.117+deb12-amd64`, `2.6.18-194.el5`, `7.3-rc7` …
 * @returns null where the text is none.
 */
export function parseRelease(text: string): Release | null {
  const parts = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?:[-+~._].*)?$/.exec(text);
  if (!parts) return null;
  const numbers = parts.slice(1, 5).map((part) => Number(part ?? 0));
  const candidate = /[-~]rc(\d*)/.exec(text);
  // Red Hat's own: el5, or EL in RHEL 4; el7uek is Oracle's, built from a stable kernel.
  const own = /^[\d.]+-([\d.]+)\.(EL|el\d+)(?![\da-z]*uek)/.exec(text);
  const vendor = own?.[2] === "EL" ? "el4" : (own?.[2] ?? null);
  return {
    version: [...numbers, candidate ? CANDIDATE + Number(candidate[1] || 1) : 0],
    vendor,
    build: own?.[1]?.split(".").map(Number) ?? [],
  };
}

/** Below 0 where `a` is older; a distribution's numbers count behind the version. */
export function compareReleases(a: Release, b: Release): number {
  return compareNumbers(a.version, b.version) || compareNumbers(a.build, b.build);
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A bound of a range: a mistake in the table, and not in what a person typed, is a fault. */
export function bound(text: string): Release {
  const release = parseRelease(text);
  if (!release) throw new Error(`no kernel release: ${text}`);
  const build = /^[\d.]+-([\d.]+)$/.exec(text)?.[1]?.split(".").map(Number) ?? release.build;
  return { ...release, build };
}

/** Whether `release` lies in `range`; its distribution must have been settled before. */
export function isIn(release: Release, { from, before }: ReleaseRange): boolean {
  if (from !== undefined && compareReleases(release, bound(from)) < 0) return false;
  return before === undefined || compareReleases(release, bound(before)) < 0;
}
