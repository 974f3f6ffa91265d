import { useEffect, useRef } from "react";
import type { ByteFocus } from "../../hex/byte-focus.ts";
import { entryParts } from "../../hex/field-map.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { type TableHandle, VirtualTable } from "../../ui/VirtualTable.tsx";
import { AreaEntry } from "./AreaEntry.tsx";
import type { AreaEntries } from "./area-entries.ts";
import type { AreaOnScreen } from "./use-chunk.ts";

interface AreaTableProps {
  store: OpenedStore;
  shown: AreaOnScreen;
  entries: AreaEntries;
  focus: ByteFocus;
}

/** The entries of one area that the reader looked at, the end of the table included. */
export function AreaTable({ store, shown, entries, focus }: AreaTableProps) {
  const { layout, report } = store;
  const { chunk } = shown;
  const table = useRef<TableHandle>(null);
  const { exceptionBytes } = layout;
  const start = Number(chunk.offset);
  const inChunk = Math.floor(chunk.bytes.length / exceptionBytes);
  const rows = Math.min(entries.exceptions + (entries.endsTable ? 1 : 0), inChunk);

  useEffect(() => {
    const showEntryAt = (caret: number | null) => {
      if (caret === null) return;
      const entry = Math.floor((caret - start) / exceptionBytes);
      if (entry >= 0 && entry < rows) table.current?.show(entry);
    };
    showEntryAt(focus.caret);
    return focus.onSelect(showEntryAt);
  }, [focus, start, exceptionBytes, rows]);

  const selectEntry = (entry: number) => {
    const at = start + entry * exceptionBytes;
    focus.select({ start: at, end: at + exceptionBytes });
  };
  return (
    <VirtualTable
      handle={table}
      label={`Entries of area ${shown.area}`}
      columns={[
        { name: "Index", width: "20%" },
        ...layout.exceptionFields.map(({ name }) => ({ name, width: "27%" })),
        { name: "State" },
      ]}
      rows={rows}
      onActivate={selectEntry}
      renderRow={(entry, props) => (
        <AreaEntry
          key={entry}
          rowProps={props}
          index={entry}
          parts={entryParts(chunk, layout, entry)}
          chunk={chunk}
          findings={report.findings}
          fate={entry === entries.exceptions ? "end of table" : entries.fate}
          focus={focus}
        />
      )}
    />
  );
}
