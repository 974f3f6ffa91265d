import { type PointerEvent, type RefObject, useState } from "react";

/** A step that is being dragged, and where it would be dropped. */
export interface Drag {
  from: number;
  to: number;
  x: number;
  y: number;
}

interface Held extends Drag {
  startX: number;
  startY: number;
  /** What was on the screen when it was taken up. */
  shown: string;
}

/** Less than this is a click by an unsteady hand. */
const STARTS_AT_PX = 5;

/**
 * Drags one item of a list along it, whether the list lies in a row or in a column.
 * @param shown names what is on the screen: when it changes, what was held is let go of.
 * @param inRoom where an item that is held over another may be dropped.
 * @returns the drag under way, and the handlers of an item's button.
 */
export function useDrag(
  list: RefObject<HTMLElement | null>,
  count: number,
  shown: string,
  inRoom: (from: number, to: number) => number,
  onDrop: (from: number, to: number) => void,
) {
  const [held, setDrag] = useState<Held | null>(null);
  const drag = held?.shown === shown ? held : null;

  const moved = (event: PointerEvent, { from, startX, startY }: Held): Held | null => {
    const [x, y] = [event.clientX - startX, event.clientY - startY];
    const size = list.current?.getBoundingClientRect();
    if (size === undefined) return null;
    const inRow = size.width / count > 20 && size.height < 40 * count;
    const offset = inRow ? x / (size.width / count) : y / (size.height / count);
    const to = Math.min(Math.max(from + Math.round(offset), 0), count - 1);
    const place = { from, to: inRoom(from, to), startX, startY, shown };
    return { ...place, x: inRow ? x : 0, y: inRow ? 0 : y };
  };

  const handlers = (index: number, onClick: () => void) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      // A finger scrolls; for it there are the two buttons that move a step.
      if (event.button !== 0 || event.pointerType === "touch") return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const [startX, startY] = [event.clientX, event.clientY];
      setDrag({ from: index, to: index, x: 0, y: 0, startX, startY, shown });
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag !== null) setDrag(moved(event, drag));
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
