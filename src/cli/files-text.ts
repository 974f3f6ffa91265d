import { bytesWords, plural } from "../explain/words.ts";
import type {
  DamageWhy,
  FileDamage,
  FileEntry,
  FilePart,
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

const PARTS: Record<FilePart, string> = {
  name: "its entry in the directory",
  inode: "its inode",
  map: "its block map",
  data: "its content",
};

const WHYS: Record<DamageWhy | "invalid", string> = {
  unreadable: "cannot be read",
  doubtful: "may not be what it was",
  lost: "reads as the origin is now",
  invalid: "makes no sense",
};

/** Ranges of one file that are listed for people. */
const MOST_LINES = 8;

export function headText(facts: FileSystemFacts, snapshot: string, origin: string): string {
  const { kind, label, bytes, blockBytes, notes } = facts;
  const name = label === "" ? "" : ` “${printable(label)}”`;
  const size = `${bytesWords(Number(bytes))} in blocks of ${blockBytes} bytes`;
  const where = `on the snapshot ${printable(snapshot)} over ${printable(origin)}`;
  return [`${kind}${name}, ${size}, ${where}`, ...notes, "", ""].join("\n");
}

/** State, type and mode, size, time, path; and what damage meets, each on a line. */
export function fileText(entry: FileEntry): string {
  const { state, type, mode, size, mtime, path, target } = entry;
  const arrow = target === null ? "" : ` -> ${printable(target)}`;
  const columns = [
    state.padEnd(7),
    `${LETTERS[type]}${mode ?? "????"}`,
    (size ?? "?").padStart(12),
    (mtime === null ? "?" : timeText(mtime)).padEnd(19),
    `${printable(path)}${arrow}`,
  ];
  const lines = entry.damage.slice(0, MOST_LINES).map(damageText);
  const more = entry.moreDamage || entry.damage.length > MOST_LINES ? ["        …"] : [];
  return [columns.join(" "), ...lines, ...more, ""].join("\n");
}

function damageText({ part, why, offset, bytes }: FileDamage): string {
  const whose = part === "data" ? "of the file" : "of the snapshot device";
  const place =
    offset === null ? "" : `, ${plural(BigInt(bytes ?? 0), "byte")} at byte ${offset} ${whose}`;
  return `        ${PARTS[part]} ${WHYS[why]}${place}`;
}

export function endText(counts: StateCounts, problems: readonly FilesProblem[]): string {
  const { whole, touched, unknown } = counts;
  const files = plural(BigInt(whole + touched + unknown), "file");
  return [
    ...problems.map(({ path, message }) => `${printable(path)}: ${printable(message)}`),
    "",
    `${files}: ${whole} whole, ${touched} touched by damage, ${unknown} unknown`,
    "",
  ].join("\n");
}

/** In UTC, down to the second; years that no calendar has are told in seconds. */
function timeText(mtime: string): string {
  const [seconds = "0"] = mtime.split(".");
  const date = new Date(Number(seconds) * 1000);
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return `@${seconds}`;
  return date.toISOString().slice(0, 19).replace("T", " ");
}
