import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** The part of the address behind "#", with it. */
export const useFragment = (): string => useSyncExternalStore(subscribe, () => location.hash);
