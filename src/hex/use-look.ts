import { useCallback, useSyncExternalStore } from "react";
import type { ByteFocus } from "./byte-focus.ts";

/** The bits of ByteFocus.look for these bytes; renders again only when they change. */
export function useLook(focus: ByteFocus, start: number, end: number): number {
  const subscribe = useCallback(
    (notify: () => void) => focus.watch({ start, end }, notify),
    [focus, start, end],
  );
  return useSyncExternalStore(subscribe, () => focus.look({ start, end }));
}
