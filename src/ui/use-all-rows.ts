import type { RefObject } from "react";
import type { RowWindow } from "./use-rows.ts";

/**
 * Draws all rows, of whatever height: the window of a list that is never long.
 * @param headHeight of the head that stays at the top, in px; no row is lower.
 */
export function useAllRows(
  scroller: RefObject<HTMLDivElement | null>,
  rows: number,
  headHeight: number,
): RowWindow {
  const show = (row: number) => {
    const box = scroller.current;
    const line = box?.querySelectorAll("tbody > tr")[row];
    if (!box || !line) return;
    const outer = box.getBoundingClientRect();
    const inner = line.getBoundingClientRect();
    const above = inner.top - outer.top - headHeight;
    const below = Math.min(above, inner.bottom - outer.top - box.clientHeight);
    if (above < 0) box.scrollTop += above;
    else if (below > 0) box.scrollTop += below;
  };
  const rowsInView = () =>
    Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / headHeight));
  return {
    onScroll: () => undefined,
    first: 0,
    count: rows,
    spaceBefore: 0,
    spaceAfter: 0,
    rowsInView,
    show,
  };
}
