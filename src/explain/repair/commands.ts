import type { Patch } from "../../protocol/patch.ts";
import type { RepairLevel } from "../../protocol/repair.ts";
import { shellQuote } from "../../protocol/shell-quote.ts";

/** Bytes that are told apart from another image of the same shape. */
export interface Landmark {
  /** In bytes, whole sectors. */
  offset: number;
  bytes: Uint8Array;
}

/** Lower-case hex of a SHA-256. */
export type Digest = (bytes: Uint8Array) => string;

/** What a person types: where the store's bytes are had from, and the copy that is made of them. */
export interface Typed {
  from: Whence;
  copy: string;
}

export type Whence =
  /** The file or device is the store. */
  | { kind: "image"; image: string }
  /** It lies in disks, as it is, in these pieces: in order, offsets and lengths in bytes. */
  | { kind: "pieces"; pieces: readonly DiskPiece[] }
  /** It has to be unpacked or put together: a command that writes the copy. */
  | { kind: "command"; command: string }
  /**
   * What was read is a bundle, which has no data: the repair is made of the image that the bundle was
   * made of. It may be called anything there, so that whoever types says how, in `image`.
   */
  | { kind: "bundle" };

export interface DiskPiece {
  image: string;
  offset: number;
  length: number;
}

const SECTOR = 512;
/** Bytes that one command writes, and that it shows as such: a line that a terminal still takes. */
const MOST_WRITTEN = 256;
const MOST_SHOWN = 32;
const LONGEST_BLOCK = 1 << 20;
/** A plan of more commands than this is nothing to type. */
const MOST_COMMANDS = 400;
/** The image that a bundle was made of. */
const THE_IMAGE = '"$image"';
const NAME_IT = `# Where the image is: first image=FILE, the COW image or device that this bundle was made of.
: "\${image:?is to name the image that the bundle was made of}"`;

/** A file's name as a word; one that begins with a dash would be taken for an option. */
export const fileWord = (name: string): string =>
  shellQuote(name.startsWith("-") ? `./${name}` : name);

/**
 * The repair for sh with dd, od, printf and sha256sum: first the copy, which is made only where
 * every byte stands as it was read; then each change, which is made only where the copy still holds
 * what it takes the place of. The image is read, never written to. All of it is one subshell: pasted
 * into a shell, it says why it stops, does nothing from there on, and leaves that shell open.
 */
export function repairCommands(
  level: RepairLevel,
  patches: readonly Required<Patch>[],
  landmarks: readonly Landmark[],
  typed: Typed,
  digest: Digest,
): { commands: string[]; undo: string[] } {
  const copy = fileWord(typed.copy);
  const pieces = patches.flatMap(piecesOf);
  const { from } = typed;
  const isAlone = from.kind === "image" || from.kind === "bundle";
  if (pieces.length > MOST_COMMANDS && isAlone) {
    const repair = `cowscope repair ${imageWord(from)} --level ${level} --out ${copy}`;
    return {
      commands: [from.kind === "bundle" ? `${NAME_IT} &&\n${repair}` : repair],
      undo: [`rm ${copy}`],
    };
  }
  const back = patches
    .toReversed()
    .map(({ offset, bytes, before }) => ({ offset, bytes: before, before: bytes }))
    .flatMap(piecesOf);
  const checks = (file: string): string[] =>
    [
      // Of what does not change a bundle holds little as it is.
      ...(from.kind === "bundle" ? [] : landmarks).map((landmark) =>
        sectorsAre(file, landmark, digest),
      ),
      ...patches.map(({ offset, before }) => bytesAre(file, offset, before, digest)),
    ].map((check) => `${check} || undone ${file} 'holds other bytes than those that were read'`);
  return {
    commands: [
      safeBlock([
        ...(from.kind === "bundle" ? [NAME_IT] : []),
        `[ ! -e ${copy} ] || stop ${copy} 'is there already, and nothing was done to it'`,
        `undone() { rm -f ${copy}; stop "$@"; }`,
        ...makeCopy(from, copy, checks),
        ...pieces.map((piece) => `${change(copy, piece, digest)} || undone ${unlike(copy, piece)}`),
      ]),
    ],
    undo: [
      safeBlock(
        back.map((piece) => `${change(copy, piece, digest)} || stop ${unlike(copy, piece)}`),
      ),
    ],
  };
}

/** Lines that may `stop WHY`: as one subshell, so that the shell they are pasted into stays open. */
export const safeBlock = (lines: readonly string[]): string =>
  ["(", `stop() { echo "stopped: $*" >&2; exit 1; }`, ...lines, ")"].join("\n");

const unlike = (file: string, { offset }: Patch): string =>
  `${file} 'was not changed at byte ${offset}'`;

const imageWord = (from: Extract<Whence, { kind: "image" | "bundle" }>): string =>
  from.kind === "bundle" ? THE_IMAGE : fileWord(from.image);

/** The copy, left only where every byte stands as read. */
function makeCopy(from: Whence, copy: string, checks: (file: string) => string[]): string[] {
  const unmade = `|| undone ${copy} 'could not be made'`;
  if (from.kind === "image" || from.kind === "bundle") {
    const image = imageWord(from);
    return [...checks(image), `dd if=${image} of=${copy} bs=1M ${unmade}`];
  }
  const made = from.kind === "command" ? [from.command] : gather(from.pieces, copy);
  return [...made.map((command) => `${command} ${unmade}`), ...checks(copy)];
}

/** Each piece in blocks as long as its place allows. */
function gather(pieces: readonly DiskPiece[], copy: string): string[] {
  let at = 0;
  return pieces.map(({ image, offset, length }) => {
    let block = LONGEST_BLOCK;
    while (offset % block || length % block || at % block) block /= 2;
    const blocks = `bs=${block} skip=${offset / block} count=${length / block} seek=${at / block}`;
    at += length;
    return `dd if=${fileWord(image)} of=${copy} ${blocks} conv=notrunc`;
  });
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
