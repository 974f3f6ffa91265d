import { useEffect, useRef } from "react";

/**
 * Keys as `KeyboardEvent.key` names them, "Shift+ArrowLeft" with shift, "Control+z" with control (or
 * the command key), and what each does.
 */
type KeyActions = readonly (readonly [key: string, act: () => void])[];

/** Single keys for the whole page; they keep out of the way of typing and of the browser's own. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.defaultPrevented) return;
      if (takesKey(event.target, event.key) || document.querySelector("dialog[open]") !== null)
        return;
      const action = latest.current.find(([key]) => key === nameOf(event));
      if (action === undefined) return;
      event.preventDefault();
      action[1]();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Letters show in `key` whether shift is held, other keys do not. */
function nameOf({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): string {
  const named = shiftKey && key.length > 1 ? `Shift+${key}` : key;
  return ctrlKey || metaKey ? `Control+${named}` : named;
}

const WITHOUT_TEXT = new Set(["range", "checkbox", "radio"]);

/** Whether the key belongs to the element that has the focus. */
function takesKey(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.has(target.type) || key.length > 1;
  const presses = key === " " || key === "Enter";
  return presses && target instanceof Element && target.matches("button, a, summary");
}
