import { useEffect } from "react";

/** Calls `onArrival` when a link is followed, an address typed or the history walked. */
export function useArrival(onArrival: () => void): void {
  useEffect(() => {
    window.addEventListener("hashchange", onArrival);
    return () => window.removeEventListener("hashchange", onArrival);
  }, [onArrival]);
}
