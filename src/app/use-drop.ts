import { useEffect, useState } from "react";
import type { FileUse } from "./DropHint.tsx";
import { type Dropped, readDropped } from "./dropped.ts";

/** What the file would be used for where it is held: `DropHint` has a zone for each. */
function fileUse(event: DragEvent): FileUse {
  const zone = event.target instanceof Element ? event.target.closest("[data-use=origin]") : null;
  return zone === null ? "store" : "origin";
}

/**
 * The whole window takes what is dropped, at any time.
 * @returns for what, while one is held over it.
 */
export function useDrop(onDropped: (dropped: Dropped, use: FileUse) => void): FileUse | null {
  const [over, setOver] = useState<FileUse | null>(null);
  useEffect(() => {
    // Entering a child leaves its parent: only the balance tells whether the window was left.
    let depth = 0;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const settle = (event: DragEvent, change: 1 | -1) => {
      depth = Math.max(0, depth + change);
      if (depth === 0) setOver(null);
      else if (change === 1) setOver(fileUse(event));
    };
    const onEnter = (event: DragEvent) => holdsFiles(event) && settle(event, 1);
    const onLeave = (event: DragEvent) => holdsFiles(event) && settle(event, -1);
    /** Text that is let go over a field is for that field. */
    const isForField = (event: DragEvent) =>
      !holdsFiles(event) && event.target instanceof HTMLInputElement;
    const onOver = (event: DragEvent) => {
      if (!isForField(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (isForField(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(null);
      onDropped(readDropped(event.dataTransfer), fileUse(event));
    };
    // The pointer does not move while something is dragged: here a leave went missing.
    const onMove = () => {
      if (depth === 0) return;
      depth = 0;
      setOver(null);
    };
    window.addEventListener("pointermove", onMove);
    window.addEventListener("dragenter", onEnter);
    window.addEventListener("dragleave", onLeave);
    window.addEventListener("dragover", onOver);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("dragenter", onEnter);
      window.removeEventListener("dragleave", onLeave);
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("drop", onDrop);
    };
  }, [onDropped]);
  return over;
}
