import type { BrokenPart } from "../address/replay-address.ts";
import { Notice } from "./Notice.tsx";

/** What of the address was left out, since it cannot be read. */
export function BrokenAddress({ parts }: { parts: readonly BrokenPart[] }) {
  if (parts.length === 0) return null;
  return (
    <Notice severity="problem">
      The address cannot be read in full; ignored: <code>{parts.map(words).join(", ")}</code>
    </Notice>
  );
}

function words({ key, found }: BrokenPart): string {
  const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
  return key === "#" ? shown : `${key}=${shown}`;
}
