import { type RefObject, useEffect, useState } from "react";

/** The narrowest grid that holds sixteen bytes a row with offset and ASCII, in px. */
const SIXTEEN_FIT_PX = 570;

export function useBytesPerRow(box: RefObject<HTMLElement | null>): 8 | 16 {
  const [perRow, setPerRow] = useState<8 | 16>(16);
  useEffect(() => {
    if (box.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setPerRow(entry.contentRect.width >= SIXTEEN_FIT_PX ? 16 : 8);
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return perRow;
}
