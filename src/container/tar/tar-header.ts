/** Everything in a tar comes in blocks of so many bytes. */
export const TAR_BLOCK = 512;

/** A run of a sparse member that is in the archive; what is between them is zeros. */
export interface SparseRun {
  offset: number;
  length: number;
}

/** One header (POSIX.1-1988 ustar, as GNU tar extends it). */
export interface TarHeader {
  name: string;
  /** "0" and "\0" are files, "S" sparse ones of GNU, "x" and "g" say more about what follows. */
  type: string;
  /** In the archive, in bytes. */
  size: number;
  /** null: the header is not that of a sparse member of GNU. */
  sparse: { runs: SparseRun[]; isLast: boolean; size: number } | null;
}

/** Whether a header stands here: its checksum holds, and it is not the end of the archive. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK || text(block, 257, 5) !== "ustar") return false;
  let sum = 8 * 32;
  for (const [i, byte] of block.subarray(0, TAR_BLOCK).entries()) {
    if (i < 148 || i >= 156) sum += byte;
  }
  return tarNumber(block, 148, 8) === sum;
}

export function tarHeader(block: Uint8Array): TarHeader {
  const type = String.fromCharCode(block[156] ?? 0);
  const prefix = text(block, 345, 155);
  const name = text(block, 0, 100);
  return {
    name: type === "S" || prefix === "" ? name : `${prefix}/${name}`,
    type,
    size: tarNumber(block, 124, 12),
    sparse:
      type === "S"
        ? {
            runs: sparseRuns(block, 386, 4),
            isLast: block[482] === 0,
            size: tarNumber(block, 483, 12),
          }
        : null,
  };
}

/** More runs of a sparse member, in a block of their own. */
export function moreRuns(block: Uint8Array): { runs: SparseRun[]; isLast: boolean } {
  return { runs: sparseRuns(block, 0, 21), isLast: block[504] === 0 };
}

function sparseRuns(block: Uint8Array, from: number, count: number): SparseRun[] {
  const runs: SparseRun[] = [];
  for (let at = from; at < from + count * 24; at += 24) {
    if (block[at + 12] === 0 && block[at] === 0) break;
    runs.push({ offset: tarNumber(block, at, 12), length: tarNumber(block, at + 12, 12) });
  }
  return runs;
}

/** Octal, or (where that is too short) the bytes themselves, the highest bit set. NaN: neither. */
function tarNumber(block: Uint8Array, at: number, length: number): number {
  const first = block[at] ?? 0;
  if (first === 0x80) {
    let value = 0;
    for (const byte of block.subarray(at + 1, at + length)) value = value * 256 + byte;
    return value;
  }
  const digits = text(block, at, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

function text(block: Uint8Array, at: number, length: number): string {
  const bytes = block.subarray(at, at + length);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
