import type {
  DamageWhy,
  FileDamage,
  FilePart,
  FileState,
  FileSystemFacts,
} from "../../protocol/files.ts";
import { printable } from "../../protocol/printable.ts";
import { bytesWords, plural } from "../words.ts";

/** What is said of the files of a snapshot, on the page and by the command alike. */

export const STATES: Record<FileState, string> = {
  whole: "whole",
  touched: "touched by damage",
  unknown: "unknown",
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

/** "its inode may not be what it was" */
export const damageHead = ({ part, why }: FileDamage): string => `${PARTS[part]} ${WHYS[why]}`;

/** The same, and where. */
export function damageWords(damage: FileDamage): string {
  const { part, offset, bytes } = damage;
  const whose = part === "data" ? "of the file" : "of the snapshot device";
  const place =
    offset === null ? "" : `, ${plural(BigInt(bytes ?? 0), "byte")} at byte ${offset} ${whose}`;
  return `${damageHead(damage)}${place}`;
}

/** "ext4 “root”, 8 MiB in blocks of 1024 bytes" */
export function fileSystemWords({ kind, label, bytes, blockBytes }: FileSystemFacts): string {
  const name = label === "" ? "" : ` “${printable(label)}”`;
  return `${kind}${name}, ${bytesWords(Number(bytes))} in blocks of ${blockBytes} bytes`;
}

/** In UTC, down to the second; years that no calendar has are told in seconds. */
export function timeWords(mtime: string): string {
  const [seconds = "0"] = mtime.split(".");
  const date = new Date(Number(seconds) * 1000);
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return `@${seconds}`;
  return date.toISOString().slice(0, 19).replace("T", " ");
}

/** @param missing bytes that cannot be read */
export function fileSaved(name: string, missing: number): string {
  const zeros = `: ${bytesWords(missing)} of it cannot be read, zeros in their place`;
  return `Saved as ${name}${missing === 0 ? "" : zeros}.`;
}
