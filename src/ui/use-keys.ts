import { useEffect, useRef } from "react";

/** Keys as `KeyboardEvent.key` names them, and what each does. */
type KeyActions = readonly (readonly [key: string, act: () => void])[];

/** Single keys for the whole page; they keep out of the way of typing and of the browser's own. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector("dialog[open]") !== null) return;
      const action = latest.current.find(([key]) => key === event.key);
      if (action === undefined) return;
      event.preventDefault();
      action[1]();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
