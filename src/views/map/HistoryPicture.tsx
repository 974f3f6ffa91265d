import { useEffect, useRef, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { StoreMap } from "../../protocol/map.ts";
import { Button } from "../../ui/Button.tsx";
import { counted, grouped } from "../../ui/format.ts";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import { listen } from "./gestures.ts";
import { type HistoryCell, type HistoryRow, HistoryScreen } from "./history-screen.ts";
import styles from "./MapView.module.css";
import { Picture } from "./Picture.tsx";

interface HistoryPictureProps {
  map: StoreMap;
  rows: number;
  reader: StoreReader;
  onRow: (row: number) => void;
}

/** Commit order against origin chunk: where was written, and when. */
export function HistoryPicture({ map, rows, reader, onRow }: HistoryPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const screen = useRef<HistoryScreen | null>(null);
  const open = useRef(onRow);
  const [shown, setShown] = useState({ first: 0, end: rows });
  const [words, setWords] = useState("");
  useEffect(() => {
    open.current = onRow;
  });
  useEffect(() => {
    if (canvas.current === null) return;
    const made = new HistoryScreen(canvas.current, reader, map, rows, {
      onPoint: (cell, row) => setWords(pointWords(cell, row)),
      onRow: (row) => open.current(row),
      onWindow: (first, end) => setShown({ first, end }),
    });
    screen.current = made;
    const deaf = listen(canvas.current, {
      pan: (dx, dy) => made.pan(dx || dy),
      zoom: (steps, at) => made.zoom(steps, at.x),
      point: (x, y) => made.point(x, y),
      open: (x, y) => void made.open(x, y),
    });
    return () => {
      deaf();
      made.stop();
    };
  }, [map, rows, reader]);
  return (
    <TabBody
      about={`${counted(rows, "exception")}, the oldest at the left`}
      aside={
        <>
          <Button
            kind="icon"
            aria-label="Show more of the history"
            onClick={() => screen.current?.zoom(-1)}
          >
            −
          </Button>
          <Button
            kind="icon"
            aria-label="Look closer at the history"
            onClick={() => screen.current?.zoom(1)}
          >
            +
          </Button>
        </>
      }
    >
      <p className={styles.axis}>
        <span>↑ old_chunk, to {String(map.oldEnd === 0n ? 0n : map.oldEnd - 1n)}</span>
      </p>
      <Picture
        label="History: exceptions in the order of their commits, against origin chunks"
        keys="Left, Right, Page Up, Page Down, Home and End go from exception to exception; plus and minus zoom; Enter goes to the exception in Inspect."
        canvas={canvas}
        onKey={(key) => screen.current?.key(key) ?? false}
      />
      <p className={styles.axis}>
        <span>exception {grouped(shown.first)}</span>
        <span>{grouped(Math.max(0, shown.end - 1))} →</span>
      </p>
      <p className={styles.line} role="status" aria-label="Exception under the cursor">
        {words || "Point at a place to see which exception it is."}
      </p>
    </TabBody>
  );
}

function pointWords({ first, end, oldFirst, oldEnd }: HistoryCell, row: HistoryRow | null): string {
  if (row === null) {
    const rows =
      end - first <= 1
        ? `Exception ${grouped(first)}`
        : `Exceptions ${grouped(first)} to ${grouped(end - 1)}`;
    return `${rows}: none of old_chunk ${oldFirst} to ${oldEnd - 1n}`;
  }
  return `Exception ${grouped(row.row)} · old_chunk ${row.old} → new_chunk ${row.new}`;
}
