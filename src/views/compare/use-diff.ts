import { useEffect, useState } from "react";
import type { Image, StoreReader } from "../../client/held-store.ts";
import type { Progress } from "../../protocol/check.ts";
import type { DiffReport } from "../../protocol/diff.ts";
import type { Result } from "../../protocol/problem.ts";

/** The comparison of the open store with another image; it stops when nobody looks any more. */
export function useDiff(
  reader: StoreReader,
  other: Image,
): { read: Result<DiffReport> | null; progress: Progress | null } {
  const [read, setRead] = useState<Result<DiffReport> | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    setRead(null);
    setProgress(null);
    void reader.diff(other, setProgress, abort.signal).then((result) => {
      if (!abort.signal.aborted) setRead(result);
    });
    return () => abort.abort();
  }, [reader, other]);
  return { read, progress };
}
