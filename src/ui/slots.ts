/**
 * A browser cuts an element's height at about 33.5 million px, 1.4 million rows of 24 px. A list of
 * any length is therefore shown through a bounded number of slots: slot s holds row s + base. Near
 * moves scroll the slots and leave the base alone, so that a wheel or a finger passes every row;
 * far moves (the scroll bar dragged) set the base in proportion.
 */
export const MAX_SLOTS = 200_000;

export interface ListSize {
  rows: number;
  rowHeight: number;
  /** Height of what is seen of the list. */
  viewHeight: number;
}

/** Which row the first slot holds, and how far the slots are scrolled, in px. */
export interface Place {
  base: number;
  top: number;
}

export const slotCount = (rows: number): number => Math.min(rows, MAX_SLOTS);

/** The furthest that the base goes: the last slot then holds the last row. */
const lastBase = (rows: number): number => rows - slotCount(rows);

const lastTop = ({ rows, rowHeight, viewHeight }: ListSize): number =>
  Math.max(0, slotCount(rows) * rowHeight - viewHeight);

/** Farther than this, in views, a scroll is a jump. */
const NEAR_VIEWS = 2;

const isNear = (size: ListSize, from: number, to: number): boolean =>
  Math.abs(to - from) <= size.viewHeight * NEAR_VIEWS;

/** The base after the list has scrolled from `place` to `top`. */
export function baseAfterScroll(size: ListSize, place: Place, top: number): number {
  const end = lastBase(size.rows);
  if (end === 0 || top <= 0) return 0;
  if (top >= lastTop(size)) return end;
  if (isNear(size, place.top, top)) return Math.min(place.base, end);
  return Math.round((top / lastTop(size)) * end);
}

/** Where the list has to be to show `row`: not moved at all if it is in sight. */
export function placeShowing(size: ListSize, place: Place, row: number): Place {
  const y = (row - place.base) * size.rowHeight;
  const below = y + size.rowHeight - size.viewHeight;
  if (y >= place.top && below <= place.top) return place;
  const top = y < place.top ? y : below;
  const inSlots = y >= 0 && row - place.base < slotCount(size.rows);
  if (inSlots && isNear(size, place.top, top)) return { base: place.base, top };
  return placeAt(size, row);
}

/** The place that has `row` in the middle of the view, or as near to it as the list's ends allow. */
function placeAt(size: ListSize, row: number): Place {
  const { rows, rowHeight, viewHeight } = size;
  const end = lastBase(rows);
  const viewRows = Math.ceil(viewHeight / rowHeight);
  const inProportion = Math.round((row / Math.max(1, rows - 1)) * end);
  // Away from the ends the slots must not rest against theirs: that would mean the list's end.
  const highest = Math.max(0, row - viewRows);
  const lowest = row - (slotCount(rows) - viewRows - 1);
  const base = Math.min(Math.max(Math.min(inProportion, highest), lowest, 0), end);
  const rowsAbove = Math.floor((viewRows - 1) / 2);
  const middle = (row - base - rowsAbove) * rowHeight;
  return { base, top: Math.min(Math.max(0, middle), lastTop(size)) };
}
