import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import { ByteFocus } from "../../hex/byte-focus.ts";
import type { Span } from "../../hex/span.ts";
import type { Finding } from "../../protocol/finding.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { areasToShow } from "./areas-to-show.ts";
import { placeOf } from "./finding-place.ts";
import type { InspectTarget } from "./inspect-target.ts";
import type { KeptPlace } from "./kept-place.ts";
import { useAreaChunk, useHeaderChunk } from "./use-chunk.ts";

/** What is on the screen of an open store, and how one gets from one thing to another. */
export function useInspection(
  store: OpenedStore,
  reader: StoreReader,
  place: KeptPlace,
  target: InspectTarget | null,
) {
  const { layout } = store;
  const focus = useMemo(() => focusOn(target ? null : place.link.bytes), [place, target]);
  const [area, setArea] = useState(() => {
    const first = target ? areaOf(target, layout.exceptionsPerArea) : place.link.area;
    return first < areasToShow(store) ? first : 0;
  });
  useEffect(() => {
    if (area !== place.link.area) place.keep({ area });
  }, [area, place]);
  useEffect(() => focus.onSelect(() => place.keep({ bytes: focus.selected })), [focus, place]);
  const header = useHeaderChunk(reader);
  const shown = useAreaChunk(reader, area);
  /** An entry to select as soon as its area is on the screen. */
  const awaited = useRef(entryOf(target, layout.exceptionsPerArea));

  const selectAwaited = useCallback(() => {
    const entry = awaited.current;
    if (entry === null || shown?.area !== entry.area) return;
    awaited.current = null;
    const start = Number(shown.chunk.offset) + entry.entry * layout.exceptionBytes;
    focus.select({ start, end: start + layout.exceptionBytes });
  }, [shown, layout, focus]);
  useEffect(selectAwaited, [selectAwaited]);

  const headerEnd = layout.headerFields.reduce(
    (end, at) => Math.max(end, at.offset + at.length),
    0,
  );
  useEffect(() => {
    if (target?.to === "header") focus.select({ start: 0, end: headerEnd });
  }, [target, focus, headerEnd]);

  /** Shows a row of the exception table where it lies in its area. */
  const goToException = (row: number) => {
    const entry = row % layout.exceptionsPerArea;
    const wanted = { area: Math.floor(row / layout.exceptionsPerArea), entry };
    awaited.current = wanted;
    setArea(wanted.area);
    selectAwaited();
  };

  const goToFinding = (finding: Finding) => {
    const place = placeOf(finding, store);
    if (place === null) {
      focus.clear();
      return;
    }
    if (place.area !== null) setArea(place.area);
    focus.select(place.span);
  };

  return { focus, header, shown, area, setArea, goToException, goToFinding };
}

function focusOn(bytes: Span | null): ByteFocus {
  const focus = new ByteFocus();
  if (bytes !== null) focus.select(bytes);
  return focus;
}

/** The entry of a row, in its area. */
function entryOf(
  target: InspectTarget | null,
  perArea: number,
): { area: number; entry: number } | null {
  if (target?.to !== "exception") return null;
  return { area: Math.floor(target.row / perArea), entry: target.row % perArea };
}

function areaOf(target: InspectTarget | null, perArea: number): number {
  return target?.to === "area" ? target.area : (entryOf(target, perArea)?.area ?? 0);
}

export type Inspection = ReturnType<typeof useInspection>;
