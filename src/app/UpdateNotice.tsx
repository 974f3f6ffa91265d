import { useState, useSyncExternalStore } from "react";
import { Button } from "../ui/Button.tsx";
import { Notice } from "./Notice.tsx";
import type { Updates } from "./updates.ts";

/** Offers the newer version of the page; it comes when a person says so, and not before. */
export function UpdateNotice({ updates }: { updates: Updates }) {
  const ready = useSyncExternalStore(updates.subscribe, updates.ready);
  const [dismissed, setDismissed] = useState(false);
  if (!ready || dismissed) return null;
  return (
    <Notice severity="note" onDismiss={() => setDismissed(true)}>
      A newer version of this page is ready. It takes a reload; a file of this machine has to be
      dropped again then. <Button onClick={updates.update}>Load it</Button>
    </Notice>
  );
}
