import type { ContainerProblem } from "../wrapper.ts";

/** What can be wrong with the copies of a GPT; sgdisk(8) has the commands. */
export const gptProblem = {
  broken: (where: string): ContainerProblem => ({
    ...gptProblem.none(where),
    code: "gpt.broken",
    message: "There is a GPT header, and neither copy of the table is valid",
  }),
  none: (where: string): ContainerProblem => ({
    code: "gpt.none",
    message: "Its MBR says GPT, and neither GPT header is valid",
    where,
    expected: "a GPT header in sector 1 or at the end of the disk, with a right checksum",
    found: "none: both are gone or damaged",
    todo: "Look for the partitions with testdisk on a copy of the disk, or cut the partition out where you know that it lies, and open that",
  }),
  primaryBad: (where: string): ContainerProblem => ({
    code: "gpt.primary-bad",
    message:
      "The first GPT header or its table is damaged; the partitions are read from the backup",
    where,
    expected: "a header and a table with right checksums at the start of the disk",
    found: "one that is gone or damaged",
    todo: "Nothing is lost: on a copy, sgdisk writes it again from the backup",
  }),
  backupBad: (where: string, lba: bigint): ContainerProblem => ({
    code: "gpt.backup-bad",
    message: "The backup GPT is damaged; the partitions are read from the first one",
    where,
    expected: `a header and a table with right checksums, the header in sector ${lba}`,
    found: "one that is gone or damaged",
    todo: "Nothing is lost: the first one is whole",
  }),
  backupMissing: (
    where: string,
    lba: bigint,
    sectorBytes: number,
    size: number,
  ): ContainerProblem => ({
    code: "gpt.backup-missing",
    message: "The end of the disk is missing, and the backup GPT with it",
    where,
    expected: `a disk of at least ${(lba + 1n) * BigInt(sectorBytes)} bytes`,
    found: `${size} bytes`,
    todo: "Copy the whole disk again; what lies before the end of this copy is read all the same",
  }),
  entries: (where: string, numbers: readonly number[]): ContainerProblem => ({
    code: "gpt.entries",
    message: `The GPT has partitions that cannot be: ${numbers.slice(0, 8).join(", ")}`,
    where,
    expected: "a first sector before the last",
    found: `${numbers.length} that begin behind their end or beyond any disk`,
    todo: "The other partitions are read",
  }),
};
