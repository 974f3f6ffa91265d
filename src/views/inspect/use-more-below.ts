import { type RefObject, useEffect, useState } from "react";

/** Whether a box that scrolls has more below what it shows. */
export function useMoreBelow(box: RefObject<HTMLElement | null>): boolean {
  const [more, setMore] = useState(false);
  useEffect(() => {
    const it = box.current;
    if (!it) return;
    const look = () => setMore(it.scrollHeight - it.clientHeight - it.scrollTop > 1);
    // The box for its height, what is in it for its own.
    const sizes = new ResizeObserver(look);
    for (const one of [it, ...it.children]) sizes.observe(one);
    it.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      it.removeEventListener("scroll", look);
    };
  }, [box]);
  return more;
}
