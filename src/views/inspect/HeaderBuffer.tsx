import { useMemo } from "react";
import type { ByteFocus } from "../../hex/byte-focus.ts";
import { headerMap, headerParts } from "../../hex/field-map.ts";
import type { ChunkBytes, OpenedStore } from "../../protocol/store-service.ts";
import { BufferPanel } from "./BufferPanel.tsx";
import { HeaderFields } from "./HeaderFields.tsx";
import { useBuffer } from "./use-buffer.ts";

interface HeaderBufferProps {
  store: OpenedStore;
  chunk: ChunkBytes;
  focus: ByteFocus;
}

/** `header_area`: the chunk that the kernel reads first. */
export function HeaderBuffer({ store, chunk, focus }: HeaderBufferProps) {
  const { report, layout } = store;
  const fields = useMemo(() => headerMap(chunk, layout), [chunk, layout]);
  const parts = useMemo(() => headerParts(chunk, layout), [chunk, layout]);
  const view = useBuffer(chunk, fields, report.findings);
  return (
    <BufferPanel
      title="header_area"
      about=""
      view={view}
      focus={focus}
      imageBytes={Number(report.image.bytes)}
    >
      <HeaderFields parts={parts} chunk={chunk} findings={report.findings} focus={focus} />
    </BufferPanel>
  );
}
