/** Where the bytes of a run begin. */
export type Place =
  /** In a device of the group, `offset` bytes into it. */
  | { at: "device"; device: number; offset: number }
  /** In another volume. */
  | { at: "volume"; layout: Layout; offset: number }
  | { at: "zeros" }
  | { at: "nowhere"; why: string };

/** A run of a volume's bytes: over several places in turn, `stripe` bytes to each. */
export interface Piece {
  start: number;
  length: number;
  stripe: number;
  places: readonly Place[];
}

/** How a volume is put together: its pieces in order, without a gap. */
export interface Layout {
  readonly bytes: number;
  readonly pieces: readonly Piece[];
}

/** Runs that follow each other in one device become one. */
export function appendPiece(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (last && follows(last, piece)) last.length += piece.length;
  else pieces.push(piece);
}

function follows(last: Piece, next: Piece): boolean {
  const [before] = last.places;
  const [after] = next.places;
  if (last.places.length !== 1 || next.places.length !== 1) return false;
  if (before?.at !== "device" || after?.at !== "device") return false;
  return before.device === after.device && before.offset + last.length === after.offset;
}

/** The piece that holds `offset`. */
export function pieceAt(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((pieces[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
