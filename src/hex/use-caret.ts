import { type KeyboardEvent, useSyncExternalStore } from "react";
import type { ByteFocus } from "./byte-focus.ts";
import { moveCaret } from "./caret.ts";
import { contains, type Span } from "./span.ts";

interface CaretOptions {
  focus: ByteFocus;
  whole: Span;
  perRow: number;
  rowsInView: () => number;
  groupOf: (offset: number) => Span;
}

/** The byte that the keyboard is at within one grid: moving it selects what the byte belongs to. */
export function useCaret({ focus, whole, perRow, rowsInView, groupOf }: CaretOptions) {
  const at = useSyncExternalStore(focus.onSelect, () =>
    focus.caret !== null && contains(whole, focus.caret) ? focus.caret : null,
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    const grid = { whole, perRow, rowsShown: rowsInView() };
    const target = moveCaret(event.key, event.ctrlKey, at ?? whole.start, grid);
    if (target === null || whole.end === whole.start) return;
    event.preventDefault();
    focus.select(groupOf(target), target);
  };

  const onFocus = () => {
    if (at === null && whole.end > whole.start) focus.select(groupOf(whole.start), whole.start);
  };

  return { at, onKeyDown, onFocus };
}
