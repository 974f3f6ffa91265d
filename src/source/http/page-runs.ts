import type { Range } from "../block-source.ts";

/** What is kept and asked for comes in pages of so many bytes. */
export const PAGE = 4096;
/** Pages that lie as near as this are asked for together with what lies between: 64 KiB. */
const NEAR = 16;
/** Pages of one request at the most: 1 MiB. */
const MOST = 256;
/** So many ranges are still a look at one place; more are a table that lies scattered. */
const FEW = 2;

/** Pages [first, first + count). */
export interface PageRun {
  first: number;
  count: number;
}

/**
 * The requests that fetch what ranges need. A look at one place takes 64 KiB around it along, the
 * next piece of a file that is read in order up to 1 MiB: what it costs is the request.
 * @param size of the file, in bytes. @param isNeeded whether a page is neither at hand nor on its way.
 * @param goesOn whether the only range begins where the last read ended.
 */
export function planRuns(
  ranges: readonly Range[],
  size: number,
  isNeeded: (page: number) => boolean,
  goesOn: boolean,
): PageRun[] {
  const pages = new Set<number>();
  const last = Math.ceil(size / PAGE);
  for (const { offset, length } of ranges) {
    if (length === 0) continue;
    let from = Math.floor(offset / PAGE);
    let until = Math.ceil((offset + length) / PAGE);
    if (!anyNeeded(from, until, isNeeded)) continue;
    if (goesOn) until = Math.max(until, from + MOST);
    else if (ranges.length <= FEW) {
      from = Math.floor(from / NEAR) * NEAR;
      until = Math.ceil(until / NEAR) * NEAR;
    }
    for (let page = from; page < Math.min(until, last); page++) if (isNeeded(page)) pages.add(page);
  }
  return joined([...pages].sort((a, b) => a - b));
}

function anyNeeded(from: number, until: number, isNeeded: (page: number) => boolean): boolean {
  for (let page = from; page < until; page++) if (isNeeded(page)) return true;
  return false;
}

function joined(pages: readonly number[]): PageRun[] {
  const runs: PageRun[] = [];
  for (const page of pages) {
    const run = runs.at(-1);
    const count = run ? page + 1 - run.first : 0;
    if (run && page - (run.first + run.count) <= NEAR && count <= MOST) run.count = count;
    else runs.push({ first: page, count: 1 });
  }
  return runs;
}
