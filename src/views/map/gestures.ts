/** What a mouse or fingers do to a picture. Places and distances are CSS px of its element. */
export interface Moves {
  /** Dragged, or turned by the wheel: how far the picture goes on; whether it did. */
  pan: (dx: number, dy: number) => boolean;
  /** Closer by so many steps where positive. */
  zoom: (steps: number, at: { x: number; y: number }) => void;
  point: (x: number, y: number) => void;
  open: (x: number, y: number) => void;
}

/** A press that moved less is a click. */
const CLICK_PX = 5;
/** Two fingers that go apart by so much are a step. */
const PINCH_STEP = 1.35;

/** Listens on an element until the answer is called. */
export function listen(element: HTMLElement, moves: Moves): () => void {
  const fingers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  let apart = 0;
  const place = (event: MouseEvent) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const distance = (): number => {
    const [a, b] = [...fingers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const pinch = () => {
    const now = distance();
    const [a, b] = [...fingers.values()];
    if (!a || !b || apart === 0) return;
    const at = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    if (now > apart * PINCH_STEP) moves.zoom(1, at);
    else if (now < apart / PINCH_STEP) moves.zoom(-1, at);
    else return;
    apart = now;
  };
  const onDown = (event: PointerEvent) => {
    fingers.set(event.pointerId, place(event));
    element.setPointerCapture(event.pointerId);
    moved = fingers.size === 1 ? 0 : CLICK_PX;
    apart = distance();
    const [a, b] = [...fingers.values()];
    if (a && b) moves.point((a.x + b.x) / 2, (a.y + b.y) / 2);
  };
  const onMove = (event: PointerEvent) => {
    const now = place(event);
    const before = fingers.get(event.pointerId);
    if (before === undefined) {
      moves.point(now.x, now.y);
      return;
    }
    fingers.set(event.pointerId, now);
    if (fingers.size > 1) {
      pinch();
      return;
    }
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (moved >= CLICK_PX) moves.pan(before.x - now.x, before.y - now.y);
  };
  const onUp = (event: PointerEvent) => {
    const at = place(event);
    const pressed = fingers.delete(event.pointerId);
    if (pressed && moved < CLICK_PX && event.type === "pointerup") moves.open(at.x, at.y);
  };
  const onWheel = (event: WheelEvent) => {
    const zooms = event.ctrlKey || event.metaKey;
    if (zooms) moves.zoom(event.deltaY < 0 ? 1 : -1, place(event));
    // Where the picture cannot move, the wheel is the page's.
    if (zooms || moves.pan(event.deltaX, event.deltaY)) event.preventDefault();
  };
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener("pointerdown", onDown, { signal });
  element.addEventListener("pointermove", onMove, { signal });
  element.addEventListener("pointerup", onUp, { signal });
  element.addEventListener("pointercancel", onUp, { signal });
  element.addEventListener("wheel", onWheel, { signal, passive: false });
  return () => stop.abort();
}
