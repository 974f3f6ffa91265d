import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useRef, useState } from "react";
import { baseAfterScroll, type Place, placeShowing, slotCount } from "./slots.ts";

/** The rows to draw now, and the room that those above and below them take. */
export interface RowWindow {
  onScroll: () => void;
  /** The first row drawn, and how many. */
  first: number;
  count: number;
  spaceBefore: number;
  spaceAfter: number;
  /** Whole rows that fit the view. */
  rowsInView: () => number;
  /** Scrolls `row` into sight. */
  show: (row: number) => void;
}

const OVERSCAN_ROWS = 8;

/**
 * Draws only the rows in sight, of a list of any length. `headHeight` is that of a head that stays
 * at the top while the rows pass under it.
 */
export function useRows(
  scroller: RefObject<HTMLDivElement | null>,
  rows: number,
  rowHeight: number,
  headHeight = 0,
): RowWindow {
  const place = useRef<Place>({ base: 0, top: 0 });
  const [base, setBase] = useState(0);
  const slots = useVirtualizer({
    count: slotCount(rows),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
  });

  const size = useCallback(
    () => ({
      rows,
      rowHeight,
      viewHeight: Math.max(rowHeight, (scroller.current?.clientHeight ?? 0) - headHeight),
    }),
    [scroller, rows, rowHeight, headHeight],
  );

  const onScroll = useCallback(() => {
    const top = scroller.current?.scrollTop ?? 0;
    place.current = { base: baseAfterScroll(size(), place.current, top), top };
    setBase(place.current.base);
  }, [scroller, size]);

  const show = useCallback(
    (row: number) => {
      place.current = placeShowing(size(), place.current, row);
      setBase(place.current.base);
      scroller.current?.scrollTo({ top: place.current.top });
    },
    [scroller, size],
  );

  const drawn = slots.getVirtualItems();
  const last = drawn.at(-1);
  // A list that has just become shorter may still be at a place it no longer has.
  const firstRow = Math.min(base, rows - slotCount(rows));
  return {
    onScroll,
    first: firstRow + (drawn[0]?.index ?? 0),
    count: drawn.length,
    spaceBefore: drawn[0]?.start ?? 0,
    spaceAfter: last === undefined ? 0 : slots.getTotalSize() - last.end,
    rowsInView: () => Math.floor(size().viewHeight / rowHeight),
    show,
  };
}
