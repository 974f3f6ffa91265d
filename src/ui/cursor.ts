/** Where a key takes the cursor in a list of `rows`; null if it is none of its keys. */
export function moveCursor(
  key: string,
  cursor: number | null,
  rows: number,
  rowsInView: number,
): number | null {
  if (rows === 0) return null;
  const from = cursor ?? -1;
  const target = {
    ArrowUp: from - 1,
    ArrowDown: from + 1,
    PageUp: from - rowsInView,
    PageDown: from + rowsInView,
    Home: 0,
    End: rows - 1,
  }[key];
  return target === undefined ? null : Math.min(Math.max(target, 0), rows - 1);
}

/** Where a key takes the selection in a row of tabs, round its ends; null if it is none of its keys. */
export function moveTab(key: string, at: number, tabs: number): number | null {
  const target = {
    ArrowLeft: (at - 1 + tabs) % tabs,
    ArrowRight: (at + 1) % tabs,
    Home: 0,
    End: tabs - 1,
  }[key];
  return target ?? null;
}
