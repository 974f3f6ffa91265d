import { damageWords, fileSystemWords, STATES, timeWords } from "../explain/files/file-words.ts";
import { plural } from "../explain/words.ts";
import type {
  FileEntry,
  FileSystemFacts,
  FilesProblem,
  FileType,
  StateCounts,
} from "../protocol/files.ts";
import { printable } from "./terminal.ts";

/** ls(1) has these letters, too. */
const LETTERS: Record<FileType, string> = {
  file: "-",
  directory: "d",
  symlink: "l",
  fifo: "p",
  socket: "s",
  block: "b",
  character: "c",
  unknown: "?",
};

/** Ranges of one file that are listed for people. */
const MOST_LINES = 8;

export function headText(facts: FileSystemFacts, snapshot: string, origin: string): string {
  const where = `on the snapshot ${printable(snapshot)} over ${printable(origin)}`;
  return [`${fileSystemWords(facts)}, ${where}`, ...facts.notes, "", ""].join("\n");
}

/** State, type and mode, size, time, path; and what damage meets, each on a line. */
export function fileText(entry: FileEntry): string {
  const { state, type, mode, size, mtime, path, target } = entry;
  const arrow = target === null ? "" : ` -> ${printable(target)}`;
  const columns = [
    state.padEnd(7),
    `${LETTERS[type]}${mode ?? "????"}`,
    (size ?? "?").padStart(12),
    (mtime === null ? "?" : timeWords(mtime)).padEnd(19),
    `${printable(path)}${arrow}`,
  ];
  const lines = entry.damage.slice(0, MOST_LINES).map((one) => `        ${damageWords(one)}`);
  const more = entry.moreDamage || entry.damage.length > MOST_LINES ? ["        …"] : [];
  return [columns.join(" "), ...lines, ...more, ""].join("\n");
}

export function endText(counts: StateCounts, problems: readonly FilesProblem[]): string {
  const { whole, touched, unknown } = counts;
  const files = plural(BigInt(whole + touched + unknown), "file");
  return [
    ...problems.map(({ path, message }) => `${printable(path)}: ${printable(message)}`),
    "",
    `${files}: ${whole} ${STATES.whole}, ${touched} ${STATES.touched}, ${unknown} ${STATES.unknown}`,
    "",
  ].join("\n");
}
