import { useEffect, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import { parseChunkRange } from "../../protocol/chunk-range.ts";
import type { RowMatches } from "../../protocol/store-service.ts";

export interface RowFilterState {
  old: string;
  new: string;
}

/** Waits for a pause in typing before the table is searched. */
const PAUSE_MS = 200;

/**
 * The rows that the typed filter keeps; null if it keeps all of them.
 * @returns also what of it cannot be read.
 */
export function useRowFilter(reader: StoreReader, typed: RowFilterState) {
  const [matches, setMatches] = useState<RowMatches | null>(null);
  const bad = [typed.old, typed.new].filter((text) => parseChunkRange(text) === "bad");
  useEffect(() => {
    const wanted = { old: parseChunkRange(typed.old), new: parseChunkRange(typed.new) };
    if (wanted.old === "bad" || wanted.new === "bad") {
      setMatches(null);
      return;
    }
    if (wanted.old === null && wanted.new === null) {
      setMatches(null);
      return;
    }
    const filter = { old: wanted.old, new: wanted.new };
    let current = true;
    const timer = setTimeout(async () => {
      const result = await reader.filterRows(filter);
      if (current && result.ok) setMatches(result.value);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [reader, typed.old, typed.new]);
  return { matches, bad };
}
