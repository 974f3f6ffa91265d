import { useEffect, useMemo, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { LookupDevice, LookupReport, LookupUnit } from "../../protocol/lookup.ts";
import { parsePlace } from "../../protocol/lookup-place.ts";
import type { Result } from "../../protocol/problem.ts";

/** Waits for a pause in typing before the table is gone through. */
const PAUSE_MS = 200;

/** What lies at the typed place; null while it is looked up, and for none. */
export function useLookup(
  reader: StoreReader,
  device: LookupDevice,
  unit: LookupUnit,
  typed: string,
): { found: Result<LookupReport> | null; bad: boolean } {
  const [found, setFound] = useState<Result<LookupReport> | null>(null);
  const place = useMemo(() => parsePlace(device, unit, typed), [device, unit, typed]);
  useEffect(() => {
    setFound(null);
    if (place === null) return;
    let wanted = true;
    const timer = setTimeout(async () => {
      const result = await reader.lookUp(place);
      if (wanted) setFound(result);
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [reader, place]);
  return { found, bad: place === null && typed.trim() !== "" };
}
