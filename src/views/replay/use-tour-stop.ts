import { useCallback, useState } from "react";
import { readAddress } from "../../address/address.ts";
import { keepInAddress } from "../../address/history-entry.ts";
import { useArrival } from "../../ui/use-arrival.ts";

/** The stop that the address names, counted from 0 as TOUR is; null: none. */
export function stopInAddress(): number | null {
  const { tour } = readAddress(location.hash);
  return tour === null ? null : tour - 1;
}

/** Where on the tour one is, kept in the address. */
export function useTourStop() {
  const [at, setAt] = useState(stopInAddress);
  useArrival(useCallback(() => setAt(stopInAddress), []));
  const goTo = (next: number) => {
    setAt(next);
    keepInAddress("replay", { tour: next + 1 });
  };
  return { at, goTo };
}
