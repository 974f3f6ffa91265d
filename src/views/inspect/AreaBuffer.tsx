import { useMemo } from "react";
import type { ByteFocus } from "../../hex/byte-focus.ts";
import { areaMap } from "../../hex/field-map.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { AreaStepper } from "./AreaStepper.tsx";
import { AreaTable } from "./AreaTable.tsx";
import { entriesOf } from "./area-entries.ts";
import { areasToShow } from "./areas-to-show.ts";
import { BufferPanel } from "./BufferPanel.tsx";
import { useBuffer } from "./use-buffer.ts";
import type { AreaOnScreen } from "./use-chunk.ts";

interface AreaBufferProps {
  store: OpenedStore;
  shown: AreaOnScreen;
  focus: ByteFocus;
  onGoTo: (area: number) => void;
}

const CHUNK_SIZE_WORDS = {
  header: "",
  table: "with the table’s chunk size",
  default: "with the default chunk size",
  inferred: "with the inferred chunk size",
} as const;

/** `area`: the chunk of one metadata area. */
export function AreaBuffer({ store, shown, focus, onGoTo }: AreaBufferProps) {
  const { report, layout } = store;
  const { area, chunk } = shown;
  const entries = useMemo(() => entriesOf(store, area, chunk), [store, area, chunk]);
  const looked = entries.exceptions + (entries.endsTable ? 1 : 0);
  const fields = useMemo(() => areaMap(chunk, layout, looked), [chunk, layout, looked]);
  const view = useBuffer(chunk, fields, report.findings);
  return (
    <BufferPanel
      title="area"
      about={
        area < store.areaCount
          ? CHUNK_SIZE_WORDS[report.chunkSize.from]
          : "behind the end of the table: the kernel does not read it"
      }
      view={view}
      focus={focus}
      imageBytes={Number(report.image.bytes)}
      aside={<AreaStepper area={area} areas={areasToShow(store)} onGoTo={onGoTo} />}
    >
      <AreaTable store={store} shown={shown} entries={entries} focus={focus} />
    </BufferPanel>
  );
}
