import { useEffect, useRef, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { StoreMap } from "../../protocol/map.ts";
import { Button } from "../../ui/Button.tsx";
import { grouped } from "../../ui/format.ts";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import { ChunkLine } from "./ChunkLine.tsx";
import type { Zoom } from "./camera.ts";
import { listen } from "./gestures.ts";
import { MapLegend } from "./MapLegend.tsx";
import { MapScreen, type Pointed } from "./map-screen.ts";
import { Picture } from "./Picture.tsx";

interface MapPictureProps {
  map: StoreMap;
  reader: StoreReader;
  perArea: number;
  onChunk: (chunk: number) => void;
}

/** Every chunk of the COW device, row by row. */
export function MapPicture({ map, reader, perArea, onChunk }: MapPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const screen = useRef<MapScreen | null>(null);
  const open = useRef(onChunk);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [zoom, setZoom] = useState<{ now: Zoom; closer: boolean; wider: boolean } | null>(null);
  useEffect(() => {
    open.current = onChunk;
  });
  useEffect(() => {
    if (canvas.current === null) return;
    const made = new MapScreen(canvas.current, reader, map, {
      onPoint: setPointed,
      onChunk: (chunk) => open.current(chunk),
      onZoom: (now, closer, wider) =>
        setZoom((last) =>
          last?.now === now && last.closer === closer && last.wider === wider
            ? last
            : { now, closer, wider },
        ),
    });
    screen.current = made;
    const deaf = listen(canvas.current, {
      pan: (_, dy) => made.pan(dy),
      zoom: (steps, at) => made.zoom(steps, at),
      point: (x, y) => made.point(x, y),
      open: (x, y) => made.open(x, y),
    });
    return () => {
      deaf();
      made.stop();
    };
  }, [map, reader]);
  const each = 2 ** (zoom?.now.level ?? 0);
  return (
    <TabBody
      about={each === 1 ? "a cell is one chunk" : `a cell is ${grouped(each)} chunks`}
      aside={
        <>
          <Button
            kind="icon"
            aria-label="Zoom out"
            disabled={zoom?.wider === false}
            onClick={() => screen.current?.zoom(-1, null)}
          >
            −
          </Button>
          <Button
            kind="icon"
            aria-label="Zoom in"
            disabled={zoom?.closer === false}
            onClick={() => screen.current?.zoom(1, null)}
          >
            +
          </Button>
        </>
      }
    >
      <Picture
        label="Map of the COW device"
        keys="Arrows, Page Up, Page Down, Home and End move the cursor; plus and minus zoom; Enter goes to the chunk in Inspect."
        canvas={canvas}
        onKey={(key) => screen.current?.key(key) ?? false}
      />
      <ChunkLine map={map} reader={reader} pointed={pointed} perArea={perArea} />
      <MapLegend map={map} />
    </TabBody>
  );
}
