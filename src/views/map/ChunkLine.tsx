import { useEffect, useMemo, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { StoreMap } from "../../protocol/map.ts";
import { OneInFlight } from "../../ui/one-in-flight.ts";
import { cellWords, chunkWords } from "./cell-words.ts";
import styles from "./MapView.module.css";
import type { Pointed } from "./map-screen.ts";

interface ChunkLineProps {
  map: StoreMap;
  reader: StoreReader;
  pointed: Pointed | null;
  /** Exceptions of one metadata area. */
  perArea: number;
}

/** What the cursor or the pointer is on. */
export function ChunkLine({ map, reader, pointed, perArea }: ChunkLineProps) {
  const [words, setWords] = useState("");
  const questions = useMemo(() => new OneInFlight(), []);
  useEffect(() => {
    if (pointed === null) return;
    const { level, cell } = pointed;
    questions.run(async () => {
      if (level === 0) {
        const chunk = await reader.map("chunk", cell);
        if (chunk.ok) setWords(chunkWords(cell, chunk.value, map, perArea));
        return;
      }
      const counts = await reader.map("cell", { level, cell });
      if (counts.ok) setWords(cellWords(counts.value, map));
    });
  }, [pointed, reader, map, perArea, questions]);
  return (
    <p className={styles.line} role="status" aria-label="Under the cursor">
      {words || "Point at a cell to see what it is and who points at it."}
    </p>
  );
}
