import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import { ByteFocus } from "../../hex/byte-focus.ts";
import type { Span } from "../../hex/span.ts";
import type { Finding } from "../../protocol/finding.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { areasToShow } from "./areas-to-show.ts";
import { placeOf } from "./finding-place.ts";
import type { KeptPlace } from "./kept-place.ts";
import { useAreaChunk, useHeaderChunk } from "./use-chunk.ts";

/** What is on the screen of an open store, and how one gets from one thing to another. */
export function useInspection(store: OpenedStore, reader: StoreReader, place: KeptPlace) {
  const { layout } = store;
  const focus = useMemo(() => focusOn(place.link.bytes), [place]);
  const [area, setArea] = useState(() =>
    place.link.area < areasToShow(store) ? place.link.area : 0,
  );
  useEffect(() => {
    if (area !== place.link.area) place.keep({ area });
  }, [area, place]);
  useEffect(() => focus.onSelect(() => place.keep({ bytes: focus.selected })), [focus, place]);
  const header = useHeaderChunk(reader);
  const shown = useAreaChunk(reader, area);
  /** An entry to select as soon as its area is on the screen. */
  const awaited = useRef<{ area: number; entry: number } | null>(null);

  const selectAwaited = useCallback(() => {
    const entry = awaited.current;
    if (entry === null || shown?.area !== entry.area) return;
    awaited.current = null;
    const start = Number(shown.chunk.offset) + entry.entry * layout.exceptionBytes;
    focus.select({ start, end: start + layout.exceptionBytes });
  }, [shown, layout, focus]);
  useEffect(selectAwaited, [selectAwaited]);

  /** Shows a row of the exception table where it lies in its area. */
  const goToException = (row: number) => {
    const entry = row % layout.exceptionsPerArea;
    awaited.current = { area: Math.floor(row / layout.exceptionsPerArea), entry };
    setArea(awaited.current.area);
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

export type Inspection = ReturnType<typeof useInspection>;
