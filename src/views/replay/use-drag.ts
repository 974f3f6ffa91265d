import { type PointerEvent, type RefObject, useState } from "react";

/** A step that is being dragged, and where it would be dropped. */
export interface Drag {
  from: number;
  to: number;
  x: number;
  y: number;
}

/** Less than this is a click by an unsteady hand. */
const STARTS_AT_PX = 5;

/**
 * Drags one item of a list along it, whether the list lies in a row or in a column.
 * @returns the drag under way, and the handlers of an item's button.
 */
export function useDrag(
  list: RefObject<HTMLElement | null>,
  count: number,
  onDrop: (from: number, to: number) => void,
) {
  const [drag, setDrag] = useState<(Drag & { startX: number; startY: number }) | null>(null);

  const moved = (event: PointerEvent, from: number, startX: number, startY: number) => {
    const [x, y] = [event.clientX - startX, event.clientY - startY];
    const size = list.current?.getBoundingClientRect();
    if (size === undefined) return null;
    const inRow = size.width / count > 20 && size.height < 40 * count;
    const offset = inRow ? x / (size.width / count) : y / (size.height / count);
    const to = Math.min(Math.max(from + Math.round(offset), 0), count - 1);
    return { from, to, x: inRow ? x : 0, y: inRow ? 0 : y, startX, startY };
  };

  const handlers = (index: number, onClick: () => void) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      // A finger scrolls; for it there are the two buttons that move a step.
      if (event.button !== 0 || event.pointerType === "touch") return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const [startX, startY] = [event.clientX, event.clientY];
      setDrag({ from: index, to: index, x: 0, y: 0, startX, startY });
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag !== null) setDrag(moved(event, drag.from, drag.startX, drag.startY));
    },
    onPointerUp: () => {
      if (drag !== null && drag.to !== drag.from) onDrop(drag.from, drag.to);
    },
    onPointerCancel: () => setDrag(null),
    onClick: () => {
      const wasDragged = drag !== null && Math.hypot(drag.x, drag.y) >= STARTS_AT_PX;
      setDrag(null);
      if (!wasDragged) onClick();
    },
  });

  const visible = drag !== null && Math.hypot(drag.x, drag.y) >= STARTS_AT_PX;
  return { drag: visible ? drag : null, handlers };
}
