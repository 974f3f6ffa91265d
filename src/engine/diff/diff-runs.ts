import type { DiffKind } from "../../protocol/diff.ts";
import type { SortedRows } from "./sorted-rows.ts";

/** Origin chunks that stand alike: [begin, begin + length). */
export interface Run {
  kind: DiffKind;
  begin: bigint;
  length: bigint;
}

/**
 * Goes through two tables side by side. A chunk is the same where both map it to the same COW
 * chunks, all of them where there are duplicates, in the same order; what the COW chunks hold is not
 * looked at.
 */
export function* diffRuns(left: SortedRows, right: SortedRows): Generator<Run> {
  let run: Run | null = null;
  for (const { kind, chunk } of chunks(left, right)) {
    if (run && run.kind === kind && chunk === run.begin + run.length) {
      run.length += 1n;
      continue;
    }
    if (run) yield run;
    run = { kind, begin: chunk, length: 1n };
  }
  if (run) yield run;
}

function* chunks(
  left: SortedRows,
  right: SortedRows,
): Generator<{ kind: DiffKind; chunk: bigint }> {
  let [a, b] = [0, 0];
  while (a < left.order.length || b < right.order.length) {
    const [oldLeft, oldRight] = [oldAt(left, a), oldAt(right, b)];
    const chunk =
      oldRight === null || (oldLeft !== null && oldLeft < oldRight) ? oldLeft : oldRight;
    if (chunk === null) return;
    const [endLeft, endRight] = [endOf(left, a, chunk), endOf(right, b, chunk)];
    if (endLeft === a) yield { kind: "right_only", chunk };
    else if (endRight === b) yield { kind: "left_only", chunk };
    else yield { kind: isSame(left, a, endLeft, right, b, endRight) ? "same" : "different", chunk };
    [a, b] = [endLeft, endRight];
  }
}

function oldAt({ rows, order }: SortedRows, at: number): bigint | null {
  const row = order[at];
  return row === undefined ? null : (rows[row * 2] ?? null);
}

/** Behind the last exception for `chunk`. */
function endOf(side: SortedRows, from: number, chunk: bigint): number {
  let end = from;
  while (oldAt(side, end) === chunk) end += 1;
  return end;
}

function isSame(
  left: SortedRows,
  a: number,
  endLeft: number,
  right: SortedRows,
  b: number,
  endRight: number,
): boolean {
  if (endLeft - a !== endRight - b) return false;
  for (let at = 0; at < endLeft - a; at++) {
    const newLeft = left.rows[(left.order[a + at] ?? 0) * 2 + 1];
    if (newLeft !== right.rows[(right.order[b + at] ?? 0) * 2 + 1]) return false;
  }
  return true;
}
