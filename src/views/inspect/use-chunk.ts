import { useEffect, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { ChunkBytes } from "../../protocol/store-service.ts";

export function useHeaderChunk(reader: StoreReader): ChunkBytes | null {
  const [chunk, setChunk] = useState<ChunkBytes | null>(null);
  useEffect(() => {
    let wanted = true;
    void reader.headerChunk().then((result) => {
      if (wanted && result.ok) setChunk(result.value);
    });
    return () => {
      wanted = false;
    };
  }, [reader]);
  return chunk;
}

export interface AreaOnScreen {
  area: number;
  chunk: ChunkBytes;
}

/** The chunk of an area. The one before stays until it arrives, so that nothing jumps. */
export function useAreaChunk(reader: StoreReader, area: number): AreaOnScreen | null {
  const [shown, setShown] = useState<AreaOnScreen | null>(null);
  useEffect(() => {
    let wanted = true;
    void reader.areaChunk(area).then((result) => {
      if (wanted && result.ok) setShown({ area, chunk: result.value });
    });
    return () => {
      wanted = false;
    };
  }, [reader, area]);
  return shown;
}
