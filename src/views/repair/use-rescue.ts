import { useEffect, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { Result } from "../../protocol/problem.ts";
import type { RescueReport } from "../../protocol/rescue.ts";

/** What the store that is open still holds of its origin; null while it is read. */
export function useRescue(reader: StoreReader): Result<RescueReport> | null {
  const [rescue, setRescue] = useState<Result<RescueReport> | null>(null);
  useEffect(() => {
    let wanted = true;
    void reader.rescue().then((answer) => {
      if (wanted) setRescue(answer);
    });
    return () => {
      wanted = false;
    };
  }, [reader]);
  return rescue;
}
