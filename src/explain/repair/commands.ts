import type { Patch } from "../../protocol/patch.ts";
import type { RepairLevel } from "../../protocol/repair.ts";

/** Bytes that are told apart from another image of the same shape. */
export interface Landmark {
  /** In bytes, whole sectors. */
  offset: number;
  bytes: Uint8Array;
}

/** Lower-case hex of a SHA-256. */
export type Digest = (bytes: Uint8Array) => string;

/** What a person types the image as, and the copy that is made of it. */
export interface Names {
  image: string;
  copy: string;
}

const SECTOR = 512;
/** Bytes that one command writes, and that it shows as such: a line that a terminal still takes. */
const MOST_WRITTEN = 256;
const MOST_SHOWN = 32;
/** A plan of more commands than this is nothing to type. */
const MOST_COMMANDS = 400;

/** A word for sh(1). */
export function quoted(word: string): string {
  const safe = word.startsWith("-") ? `./${word}` : word;
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}

/**
 * The repair as commands for sh with dd, od, printf and sha256sum: first the copy, which is made
 * only where every byte stands as it was read; then each change, which is made only where the copy
 * still holds what it takes the place of. The image is read, never written to.
 */
export function repairCommands(
  level: RepairLevel,
  patches: readonly Required<Patch>[],
  landmarks: readonly Landmark[],
  names: Names,
  digest: Digest,
): { commands: string[]; undo: string[] } {
  const { image, copy } = { image: quoted(names.image), copy: quoted(names.copy) };
  const pieces = patches.flatMap(piecesOf);
  if (pieces.length > MOST_COMMANDS) {
    return {
      commands: [`cowscope repair ${image} --level ${level} --out ${copy}`],
      undo: [`rm ${copy}`],
    };
  }
  const checks = [
    ...landmarks.map((landmark) => sectorsAre(image, landmark, digest)),
    ...patches.map(({ offset, before }) => bytesAre(image, offset, before, digest)),
  ];
  const make = [`[ ! -e ${copy} ]`, ...checks, `dd if=${image} of=${copy} bs=1M`].join(" &&\n");
  const back = patches
    .toReversed()
    .map(({ offset, bytes, before }) => ({ offset, bytes: before, before: bytes }))
    .flatMap(piecesOf);
  return {
    commands: [make, ...pieces.map((piece) => change(copy, piece, digest))],
    undo: back.map((piece) => change(copy, piece, digest)),
  };
}

/** A patch in pieces that one command can write: long runs of zeros are one. */
function piecesOf(patch: Required<Patch>): Required<Patch>[] {
  const pieces: Required<Patch>[] = [];
  const { offset, bytes, before } = patch;
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    while (end < bytes.length && bytes[end] === 0) end++;
    if (end - at <= MOST_SHOWN) end = Math.min(bytes.length, at + MOST_WRITTEN);
    const cut = { bytes: bytes.slice(at, end), before: before.slice(at, end) };
    pieces.push({ offset: offset + at, ...cut });
    at = end;
  }
  return pieces;
}

function change(file: string, { offset, bytes, before }: Required<Patch>, digest: Digest): string {
  const to = `of=${file} bs=1 seek=${offset} conv=notrunc`;
  const write =
    bytes.length > MOST_SHOWN && bytes.every((byte) => byte === 0)
      ? `dd if=/dev/zero ${to} count=${bytes.length}`
      : `printf '${octal(bytes)}' | dd ${to}`;
  return `${bytesAre(file, offset, before, digest)} && ${write}`;
}

/** A test that the bytes at `offset` are these: shown as they are where they are few. */
function bytesAre(file: string, offset: number, bytes: Uint8Array, digest: Digest): string {
  const read = `dd if=${file} bs=1 skip=${offset} count=${bytes.length} 2>/dev/null`;
  if (bytes.length > MOST_SHOWN) return isDigest(read, bytes, digest);
  const shown = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `[ "$(echo $(${read} | od -An -v -tx1))" = "${shown}" ]`;
}

function sectorsAre(file: string, { offset, bytes }: Landmark, digest: Digest): string {
  const [skip, count] = [offset / SECTOR, bytes.length / SECTOR];
  return isDigest(`dd if=${file} bs=512 skip=${skip} count=${count} 2>/dev/null`, bytes, digest);
}

const isDigest = (read: string, bytes: Uint8Array, digest: Digest): string =>
  `[ "$(${read} | sha256sum)" = "${digest(bytes)}  -" ]`;

/** As printf(1) takes them; each with three digits, so that none runs into the next. */
const octal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
