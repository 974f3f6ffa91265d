import type { Span } from "./span.ts";

/** Where a key takes the caret in a grid of `perRow` bytes a row; null if it is none of its keys. */
export function moveCaret(
  key: string,
  withControl: boolean,
  caret: number,
  grid: { whole: Span; perRow: number; rowsShown: number },
): number | null {
  const { whole, perRow, rowsShown } = grid;
  const inRow = (caret - whole.start) % perRow;
  const target = {
    ArrowLeft: caret - 1,
    ArrowRight: caret + 1,
    ArrowUp: caret - perRow,
    ArrowDown: caret + perRow,
    PageUp: caret - perRow * rowsShown,
    PageDown: caret + perRow * rowsShown,
    Home: withControl ? whole.start : caret - inRow,
    End: withControl ? whole.end - 1 : caret - inRow + perRow - 1,
  }[key];
  if (target === undefined) return null;
  return Math.min(Math.max(target, whole.start), whole.end - 1);
}
