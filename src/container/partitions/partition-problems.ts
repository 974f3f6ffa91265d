import type { BlockSource } from "../../source/block-source.ts";
import type { ContainerProblem } from "../wrapper.ts";
import type { Partition, PartitionTable } from "./partition.ts";

/** What the places of a table's partitions say of the disk: cut off, or the table damaged. */
export function partitionProblems(
  disk: BlockSource,
  { kind, partitions }: PartitionTable,
  where: string,
): ContainerProblem[] {
  const problems: ContainerProblem[] = [];
  // What merely stands for a GPT, or holds the logical ones, holds nothing of its own.
  const own = partitions.filter(({ extended, type }) => !extended && type !== "ee");
  const cut = own.filter(({ offset, bytes }) => offset + bytes > disk.size);
  if (cut.length > 0) problems.push(cutOff(kind, cut, disk.size, where));
  const inOrder = [...own].sort((a, b) => a.offset - b.offset);
  const at = inOrder.findIndex((one, index) => overlaps(inOrder[index - 1], one));
  const [first, second] = [inOrder[at - 1], inOrder[at]];
  if (first && second) problems.push(overlap(kind, first, second, where));
  return problems;
}

const overlaps = (before: Partition | undefined, one: Partition): boolean =>
  before !== undefined && before.offset + before.bytes > one.offset;

function cutOff(
  kind: string,
  cut: readonly Partition[],
  size: number,
  where: string,
): ContainerProblem {
  const end = Math.max(...cut.map(({ offset, bytes }) => offset + bytes));
  const which = cut.slice(0, 8).map(({ number }) => number);
  const more = cut.length > which.length ? " …" : "";
  return {
    code: `${kind}.cut`,
    message: `The disk is cut off: it ends inside or before partition ${which.join(", ")}${more}`,
    where,
    expected: `a disk of at least ${end} bytes`,
    found: `${size} bytes`,
    todo: "Copy the whole disk again; what lies before the end of this copy is read all the same",
  };
}

function overlap(kind: string, a: Partition, b: Partition, where: string): ContainerProblem {
  const span = ({ offset, bytes }: Partition) => `bytes ${offset} to ${offset + bytes - 1}`;
  return {
    code: `${kind}.overlap`,
    message: `Partitions ${a.number} and ${b.number} overlap`,
    where,
    expected: "partitions beside each other",
    found: `${span(a)}, and ${span(b)}`,
    todo: "Both are read as the table has them; at most one of them is right",
  };
}
