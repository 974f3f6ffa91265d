import { differences } from "./differences.ts";
import type { CorpusRow } from "./rows.ts";

/** In how many rows of one kernel cowscope says the same. */
export interface Tally {
  kernel: string;
  how: CorpusRow["answer"]["how"];
  rows: number;
  agree: number;
  /** Those whose snapshot the kernel read, and in how many cowscope reads the same. */
  snapshots: number;
  read: number;
}

/** @param tell is called for each row that differs, with the differences in words. */
export async function askAll(
  rows: readonly CorpusRow[],
  tell: (row: CorpusRow, different: string[], before: number) => void,
): Promise<Tally[]> {
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const { kernel, answer } = row;
    const empty = { kernel, how: answer.how, rows: 0, agree: 0, snapshots: 0, read: 0 };
    const tally = tallies.get(kernel) ?? empty;
    tallies.set(kernel, tally);
    const { check, snapshot } = await differences(row);
    const different = [...check, ...(snapshot ?? [])];
    if (different.length > 0) tell(row, different, tally.rows - tally.agree);
    tally.rows++;
    if (check.length === 0) tally.agree++;
    if (snapshot === null) continue;
    tally.snapshots++;
    if (snapshot.length === 0) tally.read++;
  }
  return [...tallies.values()];
}

export const isWhole = ({ rows, agree, snapshots, read }: Tally): boolean =>
  rows === agree && snapshots === read;
