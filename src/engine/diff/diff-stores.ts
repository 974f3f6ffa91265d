import type { DiffKind, DiffReport, DiffSide } from "../../protocol/diff.ts";
import type { HeaderFields } from "../../protocol/facts.ts";
import type { CheckedStore } from "../check/check.ts";
import { copyRows } from "../read/kept-rows.ts";
import { diffRuns } from "./diff-runs.ts";
import { sortRows } from "./sorted-rows.ts";

/** Runs that are listed; all are counted. */
const MOST_RUNS = 1_000_000;

/** A store whose rows are at hand. */
export interface Side {
  name: string;
  checked: CheckedStore;
}

/** Compares two stores by mapping, not by byte: headers, sizes, and where origin chunks lie. */
export function diffStores(left: Side, right: Side): DiffReport {
  const [rowsLeft, rowsRight] = [rowsOf(left), rowsOf(right)];
  const [sortedLeft, sortedRight] = [sortRows(rowsLeft), sortRows(rowsRight)];
  const chunks: Record<DiffKind, bigint> = {
    same: 0n,
    different: 0n,
    left_only: 0n,
    right_only: 0n,
  };
  const runs: DiffReport["runs"] = [];
  let unlisted = 0n;
  const comparable = left.checked.facts.chunkSize === right.checked.facts.chunkSize;
  for (const { kind, begin, length } of comparable ? diffRuns(sortedLeft, sortedRight) : []) {
    chunks[kind] += length;
    if (runs.length < MOST_RUNS) {
      runs.push({ kind, begin: String(begin), length: String(length) });
    } else unlisted += 1n;
  }
  const header = headerDifferences(left, right);
  const alike = chunks.different + chunks.left_only + chunks.right_only === 0n;
  return {
    schema: "cowscope.diff/1",
    left: sideOf(left, sortedLeft.duplicates),
    right: sideOf(right, sortedRight.duplicates),
    header,
    chunks: {
      same: String(chunks.same),
      different: String(chunks.different),
      left_only: String(chunks.left_only),
      right_only: String(chunks.right_only),
    },
    runs,
    unlisted: String(unlisted),
    beginning: comparable ? beginningOf(rowsLeft, rowsRight) : null,
    same: comparable && alike && header.length === 0,
  };
}

const rowsOf = ({ checked: { core, facts } }: Side): BigUint64Array =>
  copyRows(core, 0, Number(facts.exceptions));

function sideOf({ name, checked: { facts } }: Side, duplicates: number): DiffSide {
  return {
    name,
    bytes: String(facts.bytes),
    header: fieldsOf(facts.header),
    chunkSize: facts.chunkSize,
    exceptions: String(facts.exceptions),
    duplicates: String(duplicates),
  };
}

function fieldsOf(header: HeaderFields | null): HeaderFields {
  if (header === null) throw new RangeError("what has no header cannot be compared");
  return header;
}

function headerDifferences(left: Side, right: Side): DiffReport["header"] {
  const told = ({ checked: { facts } }: Side): [field: string, value: string][] => [
    ...Object.entries(fieldsOf(facts.header)).map(([field, value]): [string, string] => [
      field,
      String(value),
    ]),
    ["bytes", String(facts.bytes)],
  ];
  const others = new Map(told(right));
  return told(left).flatMap(([field, value]) => {
    const other = others.get(field) ?? "";
    return other === value ? [] : [{ field, left: value, right: other }];
  });
}

/** Whether the shorter table is how the longer one begins. */
function beginningOf(left: BigUint64Array, right: BigUint64Array): DiffReport["beginning"] {
  if (left.length === right.length) return null;
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  for (let at = 0; at < short.length; at++) if (short[at] !== long[at]) return null;
  return {
    side: short === left ? "left" : "right",
    exceptions: String(short.length / 2),
    of: String(long.length / 2),
  };
}
