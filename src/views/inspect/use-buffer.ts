import { useMemo } from "react";
import type { FieldMap } from "../../hex/field-map.ts";
import { Marks } from "../../hex/marks.ts";
import { contains, type Span } from "../../hex/span.ts";
import { unexplainedRuns } from "../../hex/unexplained.ts";
import type { Finding } from "../../protocol/finding.ts";
import type { ChunkBytes } from "../../protocol/store-service.ts";

export interface BufferView {
  chunk: ChunkBytes;
  fields: FieldMap;
  marks: Marks;
  /** Bytes that no field explains. */
  runs: Span[];
  groupOf: (offset: number) => Span;
}

/** All that is drawn over the bytes of one chunk. */
export function useBuffer(
  chunk: ChunkBytes,
  fields: FieldMap,
  findings: readonly Finding[],
): BufferView {
  return useMemo(() => {
    const marks = new Marks(chunk, findings);
    const runs = unexplainedRuns(chunk, fields.explained);
    const groupOf = (offset: number): Span =>
      fields.at(offset) ??
      runs.find((run) => contains(run, offset)) ?? { start: offset, end: offset + 1 };
    return { chunk, fields, marks, runs, groupOf };
  }, [chunk, fields, findings]);
}
